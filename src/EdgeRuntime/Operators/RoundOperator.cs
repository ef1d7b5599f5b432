namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = the whole number nearest to x, the even one of two.</summary>
internal static class RoundOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Round op, NodeContext node) => RealFunctionKernel.Create<Function>(node);

    private readonly struct Function : IRealFunction
    {
        public static double Invoke(double x) => Math.Round(x, MidpointRounding.ToEven);
    }
}
