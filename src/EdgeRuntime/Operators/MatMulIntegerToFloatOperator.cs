using System.Runtime.InteropServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A product of quantized matrices in int32, brought to float32 by sa · sb, with a bias.</summary>
internal static class MatMulIntegerToFloatOperator
{
    private const int LeftScale = 2;
    private const int RightScale = 3;
    private const int Bias = 6;

    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.MatMulIntegerToFloat op, NodeContext node)
    {
        ByteTable.RequireScales(node, LeftScale, RightScale);
        return node.HasInput(Bias) && node.InputType(Bias) != ElementType.Float32 ? throw node.UnsupportedType(Bias) : new Kernel(node);
    }

    private sealed class Kernel(NodeContext node) : IntegerMatMul(node, right: 1, leftZeroPoint: 4, rightZeroPoint: 5)
    {
        protected override void Multiply(in KernelArguments arguments, in Product product, in IntegerFactor left, in IntegerFactor right, Span<float> scales)
        {
            float leftScale = ByteTable.Scale(arguments, LeftScale);
            Tensor rightScale = arguments.InputTensor(RightScale);
            ReadOnlySpan<float> bias = arguments.HasInput(Bias) ? arguments.Input<float>(Bias) : [];
            int size = product.M * product.N;
            Span<float> y = arguments.Output<float>(0).Slice(product.Batch * size, size);

            // The sums take the place of the results, which have their size.
            Span<int> sums = MemoryMarshal.Cast<float, int>(y);
            IntegerGemm.Multiply(product.M, product.N, product.K, left, right, product.Packed, sums, arguments.Workers);
            for (int i = 0; i < y.Length; i++)
            {
                float value = sums[i] * (leftScale * QuantizedElements.Scale(rightScale, i % product.N));
                y[i] = bias.Length > 0 ? value + bias[bias.Length == 1 ? 0 : i % product.N] : value;
            }
        }
    }
}
