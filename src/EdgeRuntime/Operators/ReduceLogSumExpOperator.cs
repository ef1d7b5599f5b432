namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = ln Σ eˣ over axes, the greatest x subtracted first; of integers truncated.</summary>
internal static class ReduceLogSumExpOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ReduceLogSumExp op, NodeContext node) => RealReduceKernel.Create<Real>(op, node);

    private readonly struct Real : IRealReducer
    {
        public static bool IsShifted => true;

        public static double Identity => 0;

        public static double Map(double x) => Math.Exp(x);

        public static double Finish(double result, int count) => Math.Log(result);
    }
}
