using System.Runtime.InteropServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Products of quantized matrices by NumPy's rule, in int32. A constant matrix on the right is packed when the model is loaded.</summary>
internal abstract class IntegerMatMul(NodeContext node, int right, int leftZeroPoint, int rightZeroPoint) : OperatorKernel
{
    private readonly PackedIntegerMatrix? _packed = node.Constant(right) is { Shape.Rank: 2 } b
        ? IntegerGemm.Pack(b.Shape[0], b.Shape[1], QuantizedElements.Bytes(b), b is Tensor<sbyte>)
        : null;

    /// <inheritdoc/>
    public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs)
    {
        var sizes = Sizes.Of(inputs[0], inputs[right]);
        return 2 * ((long)sizes.M + sizes.N) * sizeof(int);
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
        Span<int> scratch = arguments.Scratch<int>(2 * (m + n));
        Tensor? leftZero = arguments.HasInput(leftZeroPoint) ? arguments.InputTensor(leftZeroPoint) : null;
        Tensor? rightZero = arguments.HasInput(rightZeroPoint) ? arguments.InputTensor(rightZeroPoint) : null;
        Tensor left = arguments.InputTensor(0);
        Tensor other = arguments.InputTensor(right);
        bool areRowsAlike = (leftZero is null || leftZero.Length == 1) && HasOneLeftScale(arguments);
        int rows = areRowsAlike && a.Rank > 2 && b.Rank == 2 ? y.Length / n : m;
        int batches = y.Length / (rows * n);
        for (int batch = 0; batch < batches; batch++)
        {
            int leftBatch = batches == 1 ? 0 : BatchOf(a, y, batch, a.Rank > 1, b.Rank > 1);
            int rightBatch = batches == 1 ? 0 : BatchOf(b, y, batch, a.Rank > 1, b.Rank > 1);
            var leftFactor = new IntegerFactor(
                QuantizedElements.Bytes(left).Slice(leftBatch * m * k, rows * k), left is Tensor<sbyte>, ZeroPoints(leftZero, leftBatch, m, scratch));
            var rightFactor = new IntegerFactor(
                QuantizedElements.Bytes(other).Slice(rightBatch * k * n, k * n), other is Tensor<sbyte>, ZeroPoints(rightZero, rightBatch, n, scratch[m..]));
            var product = new Product(batch, leftBatch, rightBatch, rows, n, k, _packed);
            Multiply(arguments, product, leftFactor, rightFactor, MemoryMarshal.Cast<int, float>(scratch[(m + n)..]));
        }
    }

    /// <summary>Whether all rows of the left factor have one scale.</summary>
    protected virtual bool HasOneLeftScale(in KernelArguments arguments) => true;

    /// <summary>Computes one product.</summary>
    /// <param name="arguments">The node's tensors.</param>
    /// <param name="product">Which.</param>
    /// <param name="left">The left factor.</param>
    /// <param name="right">The right factor.</param>
    /// <param name="scales">Memory for as many scales as the product has rows and columns.</param>
    protected abstract void Multiply(in KernelArguments arguments, in Product product, in IntegerFactor left, in IntegerFactor right, Span<float> scales);

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

    private static ReadOnlySpan<int> ZeroPoints(Tensor? zeroPoint, int batch, int size, Span<int> memory)
    {
        Span<int> result = memory[..(zeroPoint is null ? 0 : zeroPoint.Length == 1 ? 1 : size)];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = QuantizedElements.ZeroPoint(zeroPoint, Place(zeroPoint, batch, size, i));
        }

        return result;
    }

    /// <summary>A product of the batch.</summary>
    /// <param name="Batch">Its place in the result.</param>
    /// <param name="LeftBatch">Its left factor.</param>
    /// <param name="RightBatch">Its right factor.</param>
    /// <param name="M">Rows.</param>
    /// <param name="N">Columns.</param>
    /// <param name="K">The depth.</param>
    /// <param name="Packed">The right factor where it is constant.</param>
    protected readonly record struct Product(int Batch, int LeftBatch, int RightBatch, int M, int N, int K, PackedIntegerMatrix? Packed);

    private readonly record struct Sizes(int M, int N, int K)
    {
        public static Sizes Of(Shape a, Shape b) => new(a.Rank == 1 ? 1 : a[^2], b.Rank == 1 ? 1 : b[^1], a[^1]);
    }
}
