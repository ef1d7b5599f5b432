using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.Export.Quantization;

/// <summary>Which operators are quantized, and how each takes part.</summary>
internal static class QuantizableOperators
{
    /// <summary>What a node is in a quantized graph, or why it stays float.</summary>
    public static (OperatorRole Role, string? Reason) Classify(OnnxNode node, GraphView view)
    {
        if (node.Inputs.Count == 0 || !view.IsFloat(node.Inputs[0]) || !node.Outputs.Where(output => output.Length > 0).All(view.IsFloat))
        {
            return (OperatorRole.None, $"{node.Operator.OpType} on other than float32 stays as it is");
        }

        return node.Operator switch
        {
            Conv or ConvTranspose or Gemm => Weighted(node, view),
            MatMul => view.IsConstant(node.Inputs[0]) && view.IsConstant(node.Inputs[1]) ? (OperatorRole.None, "computed from constants alone") : (OperatorRole.Weighted, null),
            Add or Mul => view.IsFloat(node.Inputs[1]) ? (OperatorRole.ElementWise, null) : (OperatorRole.None, "its second input is not float32"),
            Concat => (OperatorRole.Join, null),
            AveragePool or GlobalAveragePool => (OperatorRole.Function, null),
            MaxPool when node.Outputs.Skip(1).Any(output => output.Length > 0) => (OperatorRole.None, "its second output, the indices, is in use"),
            MaxPool or GlobalMaxPool => (OperatorRole.Selection, null),
            Reshape or Flatten or Squeeze or Unsqueeze or Transpose or Expand or Tile or Slice or Gather or GatherElements or Split or DepthToSpace or SpaceToDepth
                => (OperatorRole.Selection, null),
            Pad pad => IsPadWithZero(pad, node, view) ? (OperatorRole.Selection, null) : (OperatorRole.None, "it pads with another value than 0"),
            Clip => node.Inputs.Skip(1).All(bound => bound.Length == 0 || view.IsConstant(bound)) ? (OperatorRole.Activation, null) : (OperatorRole.None, "its bounds are not constant"),
            Relu or LeakyRelu or Sigmoid or Tanh or HardSigmoid or HardSwish or Elu or Celu or Selu or Softplus or Softsign or Gelu or Mish or Swish or ThresholdedRelu
                => (OperatorRole.Activation, null),
            BatchNormalization => (OperatorRole.None, "there is no Conv, ConvTranspose or Gemm before it that takes it in"),
            _ => (OperatorRole.None, $"{node.Operator.OpType} has no 8-bit form"),
        };
    }

    /// <summary>The inputs that carry activations.</summary>
    public static IEnumerable<int> DataInputs(OnnxNode node, OperatorRole role, GraphView view) => role switch
    {
        OperatorRole.Weighted => node.Operator is MatMul && WeightLayout.Of(node, view) is null ? [0, 1] : [0],
        OperatorRole.ElementWise => [0, 1],
        OperatorRole.Join => Enumerable.Range(0, node.Inputs.Count),
        _ => [0],
    };

    private static (OperatorRole Role, string? Reason) Weighted(OnnxNode node, GraphView view) => WeightLayout.Of(node, view) switch
    {
        null => (OperatorRole.None, node.Operator is Gemm { TransA: true } ? "its first input is transposed" : "its weights are not constant"),
        { HasWholeBias: false } => (OperatorRole.None, "its bias is not one constant value for each output channel"),
        _ => (OperatorRole.Weighted, null),
    };

    private static bool IsPadWithZero(Pad pad, OnnxNode node, GraphView view) =>
        pad.Mode != PadMode.Constant || WeightFolding.Optional(node, 2) is not { } value || view.Constant(value) is { Length: 1 } constant && constant.ToArray()[0] == 0;
}
