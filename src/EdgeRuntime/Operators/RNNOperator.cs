using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A plain recurrent layer.</summary>
internal static class RNNOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.RNN op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new RecurrentKernel<float>(op, node),
        ElementType.Float64 => new RecurrentKernel<double>(op, node),
        _ => throw node.UnsupportedType(0),
    };
}
