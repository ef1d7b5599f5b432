using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Y = A · B by NumPy's rule: matrices in the last two axes, the others broadcast; a vector is a row on the left and a column on
/// the right. A constant matrix B is packed when the model is loaded.
/// </summary>
internal static class MatMulOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.MatMul op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 when node.Constant(1) is Tensor<float> { Shape.Rank: 2 } b =>
            new PackedKernel(Numerics.Kernels.Gemm.Pack(false, b.Shape[1], b.Shape[0], b.Span, b.Shape[1])),
        ElementType.Float32 => new RealKernel<float>(),
        ElementType.Float64 => new RealKernel<double>(),
        ElementType.Int32 => new IntegerKernel<int>(),
        ElementType.Int64 => new IntegerKernel<long>(),
        ElementType.UInt32 => new IntegerKernel<uint>(),
        ElementType.UInt64 => new IntegerKernel<ulong>(),
        _ => throw node.UnsupportedType(0),
    };

    // All rows of A, whatever its rank, times one matrix.
    private sealed class PackedKernel(PackedMatrix b) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape a = arguments.InputShape(0);
            int rows = a.LengthOf(..^1);
            Numerics.Kernels.Gemm.Multiply(rows, arguments.Input<float>(0), b.Rows, b, arguments.Output<float>(0), b.Columns, [], ActivationKind.None, arguments.Workers);
        }
    }

    private abstract class BatchKernel<T> : OperatorKernel
        where T : unmanaged
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape a = arguments.InputShape(0);
            Shape b = arguments.InputShape(1);
            ReadOnlySpan<T> left = arguments.Input<T>(0);
            ReadOnlySpan<T> right = arguments.Input<T>(1);
            Span<T> y = arguments.Output<T>(0);
            int k = a[^1];
            int m = a.Rank == 1 ? 1 : a[^2];
            int n = b.Rank == 1 ? 1 : b[^1];
            int batchRank = Math.Max(Math.Max(a.Rank, b.Rank) - 2, 0);
            Span<int> sizes = stackalloc int[Shape.MaxRank];
            Span<int> leftStrides = stackalloc int[Shape.MaxRank];
            Span<int> rightStrides = stackalloc int[Shape.MaxRank];
            Span<int> index = stackalloc int[Shape.MaxRank];
            index.Clear();
            FillBatch(a, batchRank, leftStrides);
            FillBatch(b, batchRank, rightStrides);
            int batches = 1;
            for (int axis = 0; axis < batchRank; axis++)
            {
                sizes[axis] = arguments.OutputShape(0)[axis];
                batches *= sizes[axis];
            }

            int leftBatch = 0;
            int rightBatch = 0;
            for (int batch = 0; batch < batches; batch++)
            {
                WorkLimits.Poll();
                Multiply(m, n, k, left.Slice(leftBatch * m * k, m * k), right.Slice(rightBatch * k * n, k * n), y.Slice(batch * m * n, m * n), arguments.Workers);
                for (int axis = batchRank - 1; axis >= 0; axis--)
                {
                    leftBatch += leftStrides[axis];
                    rightBatch += rightStrides[axis];
                    if (++index[axis] < sizes[axis])
                    {
                        break;
                    }

                    leftBatch -= leftStrides[axis] * sizes[axis];
                    rightBatch -= rightStrides[axis] * sizes[axis];
                    index[axis] = 0;
                }
            }
        }

        protected abstract void Multiply(int m, int n, int k, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y, WorkerPool workers);

        // Strides counted in matrices; 0 where they are repeated.
        private static void FillBatch(Shape shape, int batchRank, Span<int> strides)
        {
            strides[..batchRank].Clear();
            int stride = 1;
            for (int axis = shape.Rank - 3; axis >= 0; axis--)
            {
                strides[batchRank - (shape.Rank - 2) + axis] = shape[axis] == 1 ? 0 : stride;
                stride *= shape[axis];
            }
        }
    }

    private sealed class RealKernel<T> : BatchKernel<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        protected override void Multiply(int m, int n, int k, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y, WorkerPool workers) =>
            Numerics.Kernels.Gemm.Multiply(false, false, m, n, k, T.One, a, k, b, n, T.Zero, y, n, [], ActivationKind.None, workers);
    }

    private sealed class IntegerKernel<T> : BatchKernel<T>
        where T : unmanaged, INumber<T>
    {
        protected override void Multiply(int m, int n, int k, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y, WorkerPool workers)
        {
            y.Clear();
            for (int i = 0; i < m; i++)
            {
                WorkLimits.Poll();
                Span<T> row = y.Slice(i * n, n);
                for (int l = 0; l < k; l++)
                {
                    T factor = a[(i * k) + l];
                    ReadOnlySpan<T> other = b.Slice(l * n, n);
                    for (int j = 0; j < row.Length; j++)
                    {
                        row[j] += factor * other[j];
                    }
                }
            }
        }
    }
}
