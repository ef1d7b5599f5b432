namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = arcosh x; NaN below 1.</summary>
internal static class AcoshOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Acosh op, NodeContext node) => RealFunctionKernel.Create<Function>(node);

    private readonly struct Function : IRealFunction
    {
        public static double Invoke(double x) => Math.Acosh(x);
    }
}
