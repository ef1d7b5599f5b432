namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = arsinh x.</summary>
internal static class AsinhOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Asinh op, NodeContext node) => RealFunctionKernel.Create<Function>(node);

    private readonly struct Function : IRealFunction
    {
        public static double Invoke(double x) => Math.Asinh(x);
    }
}
