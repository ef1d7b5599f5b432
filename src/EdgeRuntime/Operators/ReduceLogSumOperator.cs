namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = ln Σ x over axes; of integers truncated.</summary>
internal static class ReduceLogSumOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ReduceLogSum op, NodeContext node) => RealReduceKernel.Create<Real>(op, node);

    private readonly struct Real : IRealReducer
    {
        public static double Identity => 0;

        public static double Map(double x) => x;

        public static double Finish(double result, int count) => Math.Log(result);
    }
}
