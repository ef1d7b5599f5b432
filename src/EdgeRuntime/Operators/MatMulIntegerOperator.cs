using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>(A - za) · (B - zb) in int32.</summary>
internal static class MatMulIntegerOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.MatMulInteger op, NodeContext node) => new Kernel(node);

    private sealed class Kernel(NodeContext node) : IntegerMatMul(node, right: 1, leftZeroPoint: 2, rightZeroPoint: 3)
    {
        protected override void Multiply(in KernelArguments arguments, in Product product, in IntegerFactor left, in IntegerFactor right, Span<float> scales)
        {
            int size = product.M * product.N;
            IntegerGemm.Multiply(product.M, product.N, product.K, left, right, product.Packed, arguments.Output<int>(0).Slice(product.Batch * size, size), arguments.Workers);
        }
    }
}
