using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A layer of long short-term memory.</summary>
internal static class LSTMOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.LSTM op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new RecurrentKernel<float>(op, node),
        ElementType.Float64 => new RecurrentKernel<double>(op, node),
        _ => throw node.UnsupportedType(0),
    };
}
