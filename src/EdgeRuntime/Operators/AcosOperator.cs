namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = arccos x; NaN outside of [-1, 1].</summary>
internal static class AcosOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Acos op, NodeContext node) => RealFunctionKernel.Create<Function>(node);

    private readonly struct Function : IRealFunction
    {
        public static double Invoke(double x) => Math.Acos(x);
    }
}
