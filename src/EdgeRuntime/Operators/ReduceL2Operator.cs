namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = √(Σ x²) over axes; of integers truncated.</summary>
internal static class ReduceL2Operator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ReduceL2 op, NodeContext node) => RealReduceKernel.Create<Real>(op, node);

    private readonly struct Real : IRealReducer
    {
        public static double Identity => 0;

        public static double Map(double x) => x * x;

        public static double Finish(double result, int count) => Math.Sqrt(result);
    }
}
