using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Products of quantized matrices by NumPy's rule, in int32. The inputs are widened in scratch memory, their zero points subtracted.</summary>
internal abstract class IntegerMatMul(int right, int leftZeroPoint, int rightZeroPoint) : OperatorKernel
{
    /// <inheritdoc/>
    public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs)
    {
        var sizes = Sizes.Of(inputs[0], inputs[right]);
        return (((long)sizes.M * sizes.K) + ((long)sizes.K * sizes.N) + ((long)sizes.M * sizes.N)) * sizeof(int);
    }

    /// <inheritdoc/>
    public override void Run(in KernelArguments arguments)
    {
        Shape a = arguments.InputShape(0);
        Shape b = arguments.InputShape(right);
        Shape y = arguments.OutputShape(0);
        if (y.Length == 0)
        {
            return;
        }

        (int m, int n, int k) = Sizes.Of(a, b);
        Span<int> scratch = arguments.Scratch<int>((m * k) + (k * n) + (m * n));
        Span<int> left = scratch[..(m * k)];
        Span<int> wide = scratch.Slice(m * k, k * n);
        Span<int> sums = scratch[((m * k) + (k * n))..];
        int batches = y.Length / (m * n);
        for (int batch = 0; batch < batches; batch++)
        {
            int leftBatch = BatchOf(a, y, batch, a.Rank > 1, b.Rank > 1);
            int rightBatch = BatchOf(b, y, batch, a.Rank > 1, b.Rank > 1);
            Tensor? zero = arguments.HasInput(leftZeroPoint) ? arguments.InputTensor(leftZeroPoint) : null;
            for (int i = 0; i < m; i++)
            {
                QuantizedElements.Widen(arguments.InputTensor(0), ((leftBatch * m) + i) * k, QuantizedElements.ZeroPoint(zero, Place(zero, leftBatch, m, i)), left.Slice(i * k, k));
            }

            zero = arguments.HasInput(rightZeroPoint) ? arguments.InputTensor(rightZeroPoint) : null;
            QuantizedElements.Widen(arguments.InputTensor(right), rightBatch * k * n, 0, wide);
            for (int j = 0; j < n && zero is not null; j++)
            {
                int point = QuantizedElements.ZeroPoint(zero, Place(zero, rightBatch, n, j));
                for (int p = 0; p < k; p++)
                {
                    wide[(p * n) + j] -= point;
                }
            }

            IntegerProduct.Multiply(m, n, k, left, wide, sums);
            Store(arguments, sums, batch, leftBatch, rightBatch, m, n);
        }
    }

    /// <summary>Puts the sums of one product where they belong.</summary>
    protected abstract void Store(in KernelArguments arguments, ReadOnlySpan<int> sums, int batch, int leftBatch, int rightBatch, int m, int n);

    /// <summary>Which number of a parameter belongs to a row or column: parameters of more axes have their own for each matrix.</summary>
    protected static int Place(Tensor? parameter, int batch, int size, int index) => parameter is null || parameter.Shape.Rank <= 1 ? index : (batch * size) + index;

    // The matrix of a factor that belongs to one of the result: an axis of 1 is repeated.
    private static int BatchOf(Shape factor, Shape y, int batch, bool hasRows, bool hasColumns)
    {
        int rank = y.Rank - (hasRows ? 1 : 0) - (hasColumns ? 1 : 0);
        int result = 0;
        int stride = 1;
        for (int axis = 1; axis <= rank; axis++)
        {
            int size = y[rank - axis];
            int at = factor.Rank - 2 - axis;
            if (at >= 0)
            {
                result += factor[at] == 1 ? 0 : batch % size * stride;
                stride *= factor[at];
            }

            batch /= size;
        }

        return result;
    }

    private readonly record struct Sizes(int M, int N, int K)
    {
        public static Sizes Of(Shape a, Shape b) => new(a.Rank == 1 ? 1 : a[^2], b.Rank == 1 ? 1 : b[^1], a[^1]);
    }
}
