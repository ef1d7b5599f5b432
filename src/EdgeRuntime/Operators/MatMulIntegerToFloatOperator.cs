using Toolkit.Numerics;

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
        return node.HasInput(Bias) && node.InputType(Bias) != ElementType.Float32 ? throw node.UnsupportedType(Bias) : new Kernel();
    }

    private sealed class Kernel() : IntegerMatMul(right: 1, leftZeroPoint: 4, rightZeroPoint: 5)
    {
        protected override void Store(in KernelArguments arguments, ReadOnlySpan<int> sums, int batch, int leftBatch, int rightBatch, int m, int n)
        {
            float left = ByteTable.Scale(arguments, LeftScale);
            Tensor right = arguments.InputTensor(RightScale);
            ReadOnlySpan<float> bias = arguments.HasInput(Bias) ? arguments.Input<float>(Bias) : [];
            Span<float> y = arguments.Output<float>(0).Slice(batch * m * n, m * n);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = sums[i] * (left * QuantizedElements.Scale(right, i % n));
                if (bias.Length > 0)
                {
                    y[i] += bias[bias.Length == 1 ? 0 : i % n];
                }
            }
        }
    }
}
