using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx;
using Conv = Toolkit.Onnx.Operators.Conv;
using Gemm = Toolkit.Onnx.Operators.Gemm;
using MatMul = Toolkit.Onnx.Operators.MatMul;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// A Relu, Sigmoid, Tanh, HardSwish or Swish, or a Clip to [0, ∞) or [0, 6], behind a Gemm, a Conv, or a MatMul of two matrices is computed in the
/// product's epilogue, where the product has no other reader.
/// </summary>
internal sealed class ActivationFusion : IGraphPass
{
    /// <inheritdoc/>
    public string Name => nameof(ActivationFusion);

    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        for (int position = 0; position < graph.Nodes.Count; position++)
        {
            GraphNode node = graph.Nodes[position];
            if (KindOf(node) is not { } activation
                || node.Inputs[0] is not { Producer: { } producer, IsOutput: false, Consumers.Count: 1, Info.Type: ElementType.Float32 or ElementType.Float64 }
                || Fuse(producer, activation) is not { } fused)
            {
                continue;
            }

            ModelGraph.Unlink(producer);
            graph.ReplaceNode(position, new GraphNode(producer.Name, fused, producer.Inputs, node.Outputs));
        }
    }

    private static Operator? Fuse(GraphNode node, ActivationKind activation) => node.Operator switch
    {
        Conv { AutoPad: Onnx.Operators.AutoPad.None } conv => new FusedConv(conv, activation),
        Gemm gemm => new FusedGemm(gemm, activation),
        MatMul when node.Inputs[0]!.Info.Shape?.Rank == 2 && node.Inputs[1]!.Info.Shape?.Rank == 2 => new FusedGemm(new Gemm(), activation),
        _ => null,
    };

    private static ActivationKind? KindOf(GraphNode node) => node.Operator switch
    {
        Onnx.Operators.Relu => ActivationKind.Relu,
        Onnx.Operators.Sigmoid => ActivationKind.Sigmoid,
        Onnx.Operators.Tanh => ActivationKind.Tanh,
        Onnx.Operators.HardSwish => ActivationKind.HardSwish,
        Onnx.Operators.Swish { Alpha: 1 } => ActivationKind.Silu,
        Onnx.Operators.Clip when Bound(node, 1, double.NegativeInfinity) == 0 => Bound(node, 2, double.PositiveInfinity) switch
        {
            6 => ActivationKind.Relu6,
            double.PositiveInfinity => ActivationKind.Relu,
            _ => null,
        },
        _ => null,
    };

    // A constant bound, or the one where there is none; NaN where it is not known.
    private static double Bound(GraphNode node, int input, double absent) =>
        node.Inputs.Length <= input || node.Inputs[input] is not { } bound ? absent
        : bound.Constant switch
        {
            Tensor<float> { Length: 1 } single => single.Span[0],
            Tensor<double> { Length: 1 } wide => wide.Span[0],
            _ => double.NaN,
        };
}
