using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A product of quantized matrices, quantized again by sa · sb / sy in float32.</summary>
internal static class QLinearMatMulOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.QLinearMatMul op, NodeContext node)
    {
        foreach (int scale in new[] { 1, 4, 6 })
        {
            if (!QuantizedElements.IsScale(node.InputType(scale)))
            {
                throw node.UnsupportedType(scale);
            }
        }

        return new Kernel(node);
    }

    private sealed class Kernel(NodeContext node) : IntegerMatMul(node, right: 3, leftZeroPoint: 2, rightZeroPoint: 5)
    {
        protected override bool HasOneLeftScale(in KernelArguments arguments) => arguments.InputTensor(1).Length == 1;

        protected override void Multiply(in KernelArguments arguments, in Product product, in IntegerFactor left, in IntegerFactor right, Span<float> scales)
        {
            Tensor y = arguments.OutputTensor(0);
            ReadOnlySpan<float> leftScales = Scales(arguments.InputTensor(1), product.LeftBatch, product.M, ref scales);
            ReadOnlySpan<float> rightScales = Scales(arguments.InputTensor(4), product.RightBatch, product.N, ref scales);
            var requantization = new Requantization(
                leftScales, rightScales, QuantizedElements.Scale(arguments.InputTensor(6), 0), QuantizedElements.ZeroPoint(arguments.InputTensor(7), 0), y is Tensor<sbyte>);
            int size = product.M * product.N;
            IntegerGemm.Multiply(product.M, product.N, product.K, left, right, product.Packed, requantization, QuantizedElements.Bytes(y).Slice(product.Batch * size, size), arguments.Workers);
        }

        // Takes memory from what is free.
        private static ReadOnlySpan<float> Scales(Tensor scale, int batch, int size, ref Span<float> free)
        {
            Span<float> result = free[..(scale.Length == 1 ? 1 : size)];
            free = free[result.Length..];
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = QuantizedElements.Scale(scale, Place(scale, batch, size, i));
            }

            return result;
        }
    }
}
