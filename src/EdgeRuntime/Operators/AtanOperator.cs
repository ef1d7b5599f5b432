namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = arctan x.</summary>
internal static class AtanOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Atan op, NodeContext node) => RealFunctionKernel.Create<Function>(node);

    private readonly struct Function : IRealFunction
    {
        public static double Invoke(double x) => Math.Atan(x);
    }
}
