namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = artanh x; NaN outside of [-1, 1].</summary>
internal static class AtanhOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Atanh op, NodeContext node) => RealFunctionKernel.Create<Function>(node);

    private readonly struct Function : IRealFunction
    {
        public static double Invoke(double x) => Math.Atanh(x);
    }
}
