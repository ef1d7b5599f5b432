namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = cos x.</summary>
internal static class CosOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Cos op, NodeContext node) => RealFunctionKernel.Create<Function>(node);

    private readonly struct Function : IRealFunction
    {
        public static double Invoke(double x) => Math.Cos(x);
    }
}
