namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = ⌈x⌉.</summary>
internal static class CeilOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Ceil op, NodeContext node) => RealFunctionKernel.Create<Function>(node);

    private readonly struct Function : IRealFunction
    {
        public static double Invoke(double x) => Math.Ceiling(x);
    }
}
