namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = cosh x.</summary>
internal static class CoshOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Cosh op, NodeContext node) => RealFunctionKernel.Create<Function>(node);

    private readonly struct Function : IRealFunction
    {
        public static double Invoke(double x) => Math.Cosh(x);
    }
}
