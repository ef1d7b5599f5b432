using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.QGemm;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A quantized matrix product with bias in int32, quantized again by alpha · sa · sb / sy, or brought to float32 by alpha · sa · sb.</summary>
internal static class QGemmOperator
{
    private const int Right = 3;
    private const int Bias = 6;
    private const int ResultScale = 7;

    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node)
    {
        ByteTable.RequireScales(node, 1, Right + 1, ResultScale);
        return new Kernel(op, node.Constant(Right) is { } b && (!node.HasInput(Right + 2) || node.Constant(Right + 2) is not null) ? Widen(op, b, node.Constant(Right + 2)) : null);
    }

    private static int[] Widen(Record op, Tensor b, Tensor? zeroPoint)
    {
        var wide = new int[b.Length];
        Widen(op, b, zeroPoint, wide);
        return wide;
    }

    // B as [K,N], zero points subtracted.
    private static void Widen(Record op, Tensor b, Tensor? zeroPoint, Span<int> wide)
    {
        int n = b.Shape[op.TransB ? 0 : 1];
        int k = b.Shape[op.TransB ? 1 : 0];
        ReadOnlySpan<byte> bits = b.Bytes;
        for (int j = 0; j < n; j++)
        {
            int zero = QuantizedElements.ZeroPoint(zeroPoint, j);
            for (int p = 0; p < k; p++)
            {
                wide[(p * n) + j] = ByteTable.Code(b.ElementType, bits[op.TransB ? (j * k) + p : (p * n) + j]) - zero;
            }
        }
    }

    private sealed class Kernel(Record op, int[]? packed) : OperatorKernel
    {
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) =>
            ((long)inputs[0].Length + outputs[0].Length + (packed is null ? inputs[Right].Length : 0)) * sizeof(int);

        public override void Run(in KernelArguments arguments)
        {
            Tensor a = arguments.InputTensor(0);
            Tensor b = arguments.InputTensor(Right);
            Tensor y = arguments.OutputTensor(0);
            if (y.Length == 0)
            {
                return;
            }

            int m = y.Shape[0];
            int n = y.Shape[1];
            int k = a.Shape[op.TransA ? 0 : 1];
            Span<int> scratch = arguments.Scratch<int>(a.Length + y.Length + (packed is null ? b.Length : 0));
            Span<int> left = scratch[..a.Length];
            Span<int> sums = scratch.Slice(a.Length, y.Length);
            Span<int> right = scratch[(a.Length + y.Length)..];
            int zero = ByteTable.ZeroPoint(arguments, 2);
            ReadOnlySpan<byte> bits = a.Bytes;
            for (int i = 0; i < left.Length; i++)
            {
                left[i] = ByteTable.Code(a.ElementType, bits[op.TransA ? (i % k * m) + (i / k) : i]) - zero;
            }

            if (packed is null)
            {
                Widen(op, b, arguments.HasInput(Right + 2) ? arguments.InputTensor(Right + 2) : null, right);
            }

            IntegerProduct.Multiply(m, n, k, left, packed ?? right, sums);
            if (arguments.HasInput(Bias))
            {
                AddBias(arguments.Input<int>(Bias), arguments.InputShape(Bias), sums, m, n);
            }

            float scale = op.Alpha * ByteTable.Scale(arguments, 1);
            Tensor scales = arguments.InputTensor(Right + 1);
            if (!arguments.HasInput(ResultScale))
            {
                Span<float> products = arguments.Output<float>(0);
                for (int i = 0; i < products.Length; i++)
                {
                    products[i] = sums[i] * (scale * QuantizedElements.Scale(scales, i % n));
                }

                return;
            }

            Span<byte> result = y.Bytes;
            float resultScale = ByteTable.Scale(arguments, ResultScale);
            int resultZero = ByteTable.ZeroPoint(arguments, ResultScale + 1);
            for (int j = 0; j < n; j++)
            {
                float multiplier = scale * QuantizedElements.Scale(scales, j) / resultScale;
                for (int i = j; i < result.Length; i += n)
                {
                    result[i] = ByteTable.Saturate(MathF.Round(sums[i] * multiplier), resultZero, y.ElementType);
                }
            }
        }

        private static void AddBias(ReadOnlySpan<int> bias, Shape shape, Span<int> sums, int m, int n)
        {
            int row = shape.Rank == 2 && shape[0] > 1 ? shape[1] : 0;
            int column = shape.Rank > 0 && shape[^1] > 1 ? 1 : 0;
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    sums[(i * n) + j] += bias[(i * row) + (j * column)];
                }
            }
        }
    }
}
