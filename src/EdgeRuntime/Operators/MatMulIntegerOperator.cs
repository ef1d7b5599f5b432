namespace Toolkit.EdgeRuntime.Operators;

/// <summary>(A - za) · (B - zb) in int32.</summary>
internal static class MatMulIntegerOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.MatMulInteger op, NodeContext node) => new Kernel();

    private sealed class Kernel() : IntegerMatMul(right: 1, leftZeroPoint: 2, rightZeroPoint: 3)
    {
        protected override void Store(in KernelArguments arguments, ReadOnlySpan<int> sums, int batch, int leftBatch, int rightBatch, int m, int n) =>
            sums.CopyTo(arguments.Output<int>(0)[(batch * m * n)..]);
    }
}
