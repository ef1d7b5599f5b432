namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = sinh x.</summary>
internal static class SinhOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Sinh op, NodeContext node) => RealFunctionKernel.Create<Function>(node);

    private readonly struct Function : IRealFunction
    {
        public static double Invoke(double x) => Math.Sinh(x);
    }
}
