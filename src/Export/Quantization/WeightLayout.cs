using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.Export.Quantization;

/// <summary>Where the output channels lie in the constant weights of a Conv, ConvTranspose, Gemm or MatMul.</summary>
/// <param name="Weight">The weights, input 1.</param>
/// <param name="Axis">The axis that has a scale each.</param>
/// <param name="Groups">Groups of channels that repeat along <paramref name="Axis"/>; above 1 for a ConvTranspose only.</param>
/// <param name="HasWholeBias">Whether the bias is absent or one constant value for each output channel.</param>
internal sealed record WeightLayout(Tensor<float> Weight, int Axis, int Groups, bool HasWholeBias)
{
    /// <summary>Scales: the size of the axis.</summary>
    public int Channels => Weight.Shape[Axis];

    /// <summary>Output channels: one bias each.</summary>
    public int Outputs => Channels * Groups;

    /// <summary>Products that are summed for one output: what bounds the accumulator.</summary>
    public int SummedProducts => Weight.Length / Math.Max(1, Outputs);

    private int Stride => Weight.Shape.LengthOf((Axis + 1)..);

    /// <summary>The layout of a node's weights; null where it has none that are constant float32.</summary>
    public static WeightLayout? Of(OnnxNode node, GraphView view)
    {
        if (node.Operator is not (Conv or ConvTranspose or Gemm or MatMul) || view.Constant(node.Inputs[1]) is not { Length: > 0 } weight)
        {
            return null;
        }

        return node.Operator switch
        {
            Conv => With(0, 1),
            ConvTranspose transposed => With(1, (int)transposed.Group),
            Gemm { Alpha: 1, TransA: false } gemm when gemm.Beta == 1 || WeightFolding.Optional(node, 2) is null => With(gemm.TransB ? 0 : 1, 1),
            MatMul when weight.Shape.Rank == 2 => With(1, 1),
            _ => null,
        };

        WeightLayout With(int axis, int groups)
        {
            var layout = new WeightLayout(weight, axis, groups, false);
            bool isWhole = WeightFolding.Optional(node, 2) is not { } bias || view.Constant(bias)?.Shape == new Shape(layout.Outputs);
            return layout with { HasWholeBias = isWhole };
        }
    }

    /// <summary>The scale that a weight belongs to.</summary>
    public int ChannelOf(int index) => index / Stride % Channels;

    /// <summary>The output channel that a weight belongs to.</summary>
    public int OutputOf(int index) => Groups == 1 ? ChannelOf(index) : (index / (Weight.Length / Groups) * Channels) + ChannelOf(index);
}
