namespace Toolkit.EdgeRuntime.Operators;

/// <summary>C = A or B, broadcast.</summary>
internal static class OrOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Or op, NodeContext node) => new LogicKernel<Body>();

    private readonly struct Body : IBroadcastBody<bool, bool, bool>
    {
        public static bool Invoke(bool x, bool y) => x || y;
    }
}
