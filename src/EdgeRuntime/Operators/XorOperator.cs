namespace Toolkit.EdgeRuntime.Operators;

/// <summary>C = either A or B, not both, broadcast.</summary>
internal static class XorOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Xor op, NodeContext node) => new LogicKernel<Body>();

    private readonly struct Body : IBroadcastBody<bool, bool, bool>
    {
        public static bool Invoke(bool x, bool y) => x != y;
    }
}
