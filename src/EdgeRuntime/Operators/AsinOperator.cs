namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = arcsin x; NaN outside of [-1, 1].</summary>
internal static class AsinOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Asin op, NodeContext node) => RealFunctionKernel.Create<Function>(node);

    private readonly struct Function : IRealFunction
    {
        public static double Invoke(double x) => Math.Asin(x);
    }
}
