using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.MatMul;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// C = A · B on the last two axes, [..., m, k] · [..., k, n]; the leading axes are broadcast by NumPy's rule.
/// dA = dC · Bᵀ and dB = Aᵀ · dC, summed over the leading axes along which the operand was repeated.
/// </summary>
public sealed class MatMulFunction : Function
{
    /// <summary>The function; it has no settings.</summary>
    public static MatMulFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 2);
        Shape a = inputs[0];
        Shape b = inputs[1];
        if (a.Rank < 2 || b.Rank < 2 || a[^1] != b[^2])
        {
            throw new ArgumentException($"MatMul: expected [...,m,k] and [...,k,n] with the same k, got {a} and {b}.", nameof(inputs));
        }

        Shape batch = Shape.Broadcast(new Shape(a.Dimensions[..^2]), new Shape(b.Dimensions[..^2]));
        return [.. batch.Dimensions, a[^2], b[^1]];
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(ReadOnlySpan<Shape> inputs) => (long)InferShape(inputs).Length * inputs[0][^1];

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        var product = new Batches(context.InputShape(0), context.InputShape(1), context.OutputShape);
        for (int batch = 0; batch < product.Count; batch++)
        {
            product.Offsets(batch, out int a, out int b, out int c);
            Multiply(context, false, product.M, false, product.N, product.K, context.Input(0)[a..], context.Input(1)[b..], T.Zero, context.Output[c..]);
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        var product = new Batches(context.InputShape(0), context.InputShape(1), context.OutputShape);
        if (context.NeedsGradient(0))
        {
            T beta = Begin(context, 0, product.RepeatsA);
            for (int batch = 0; batch < product.Count; batch++)
            {
                product.Offsets(batch, out int a, out int b, out int c);
                Multiply(context, false, product.M, true, product.K, product.N, context.OutputGradient[c..], context.Input(1)[b..], beta, context.InputGradient(0)[a..]);
            }
        }

        if (context.NeedsGradient(1))
        {
            T beta = Begin(context, 1, product.RepeatsB);
            for (int batch = 0; batch < product.Count; batch++)
            {
                product.Offsets(batch, out int a, out int b, out int c);
                Multiply(context, true, product.K, false, product.N, product.M, context.Input(0)[a..], context.OutputGradient[c..], beta, context.InputGradient(1)[b..]);
            }
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(), inputs);
    }

    // A repeated operand gets several products: they are added to zeros, or to what an earlier consumer left.
    private static T Begin<T>(in FunctionContext<T> context, int input, bool repeats)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (context.Accumulates(input))
        {
            return T.One;
        }

        if (!repeats)
        {
            return T.Zero;
        }

        context.InputGradient(input).Clear();
        return T.One;
    }

    private static void Multiply<T>(
        in FunctionContext<T> context,
        bool transposeA,
        int m,
        bool transposeB,
        int n,
        int k,
        ReadOnlySpan<T> a,
        ReadOnlySpan<T> b,
        T beta,
        Span<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Gemm.Multiply(transposeA, transposeB, m, n, k, T.One, a, transposeA ? m : k, b, transposeB ? k : n, beta, c, n, [], ActivationKind.None, context.Workers);

    /// <summary>The products that one MatMul consists of.</summary>
    private readonly ref struct Batches
    {
        private readonly Shape _a;
        private readonly Shape _b;
        private readonly Shape _c;

        public Batches(Shape a, Shape b, Shape c)
        {
            (_a, _b, _c) = (a, b, c);
            (M, N, K) = (c[^2], c[^1], a[^1]);

            // A matrix on the right of a stack: the stack's rows are the rows of one product.
            if (b.Rank == 2 && a.Rank > 2)
            {
                M = a.LengthOf(..^1);
            }

            Count = M * N == 0 ? 0 : c.Length / (M * N);
            RepeatsA = M == c[^2] && a.LengthOf(..^2) < Count;
            RepeatsB = b.LengthOf(..^2) < Count;
        }

        public int M { get; }

        public int N { get; }

        public int K { get; }

        public int Count { get; }

        public bool RepeatsA { get; }

        public bool RepeatsB { get; }

        public void Offsets(int batch, out int a, out int b, out int c)
        {
            c = batch * M * N;
            a = 0;
            b = 0;
            int strideA = M * K;
            int strideB = K * N;
            for (int axis = 3; axis <= _c.Rank && Count > 1; axis++)
            {
                int size = _c[^axis];
                int index = batch % size;
                batch /= size;
                Advance(_a, axis, index, ref a, ref strideA);
                Advance(_b, axis, index, ref b, ref strideB);
            }
        }

        private static void Advance(Shape shape, int axis, int index, ref int offset, ref int stride)
        {
            if (axis <= shape.Rank)
            {
                offset += shape[^axis] == 1 ? 0 : index * stride;
                stride *= shape[^axis];
            }
        }
    }
}
