namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = sin x.</summary>
internal static class SinOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Sin op, NodeContext node) => RealFunctionKernel.Create<Function>(node);

    private readonly struct Function : IRealFunction
    {
        public static double Invoke(double x) => Math.Sin(x);
    }
}
