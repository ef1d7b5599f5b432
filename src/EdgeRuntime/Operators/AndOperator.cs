namespace Toolkit.EdgeRuntime.Operators;

/// <summary>C = A and B, broadcast.</summary>
internal static class AndOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.And op, NodeContext node) => new LogicKernel<Body>();

    private readonly struct Body : IBroadcastBody<bool, bool, bool>
    {
        public static bool Invoke(bool x, bool y) => x && y;
    }
}
