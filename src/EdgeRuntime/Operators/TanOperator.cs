namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = tan x.</summary>
internal static class TanOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Tan op, NodeContext node) => RealFunctionKernel.Create<Function>(node);

    private readonly struct Function : IRealFunction
    {
        public static double Invoke(double x) => Math.Tan(x);
    }
}
