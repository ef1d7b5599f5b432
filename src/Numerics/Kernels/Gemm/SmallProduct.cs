using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Products of so little work that preparing them for the blocked loops takes a good part of the time: of a few columns, of one, or with hardly any terms.
/// Operands are read where they lie, eight rows and one register of columns at a time. Every element takes the roundings that
/// <see cref="GemmTile{T}"/> names, so that it has the bits that the blocked loops give.
/// </summary>
internal static unsafe class SmallProduct
{
    // Terms and columns up to which this is the faster way.
    private const long MaximumWork = 128 * 1024;
    private const int MaximumColumns = 16;

    // A product that is wider, but ends before the blocked loops would begin.
    private const long TinyWork = 4096;

    /// <summary>Computes the product if it is a small one.</summary>
    /// <param name="problem">The product.</param>
    /// <param name="level">The lanes to use.</param>
    /// <returns>Whether it is done.</returns>
    public static bool TryMultiply<T>(in GemmProblem<T> problem, KernelLevel level)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long work = (long)problem.M * problem.N * problem.K;
        if ((typeof(T) != typeof(float) && typeof(T) != typeof(double))
            || work > MaximumWork
            || (problem.N > MaximumColumns && work > TinyWork)
            || (problem.BColumnStride != 1 && problem.N > 1)
            || GemmDriver<T>.DepthBlocks(problem.K).Count > 1
            || problem.Alpha != T.One)
        {
            return false;
        }

        var body = new Body<T>
        {
            A = problem.A,
            ARowStride = problem.ARowStride,
            AColumnStride = problem.AColumnStride,
            B = problem.B,
            BRowStride = problem.BRowStride,
            C = problem.C,
            CRowStride = problem.CRowStride,
            Bias = problem.Bias,
            Beta = problem.Beta,
            Columns = problem.N,
            Depth = problem.K,
            IsRelu = Activations.IsRelu(problem.Activation),
        };
        int rows = problem.M;
        if (problem.N == 1 && problem.CRowStride == 1 && problem.ARowStride == 1)
        {
            // A column from a matrix whose columns are consecutive: a row of the transposed product.
            body.A = problem.B;
            body.ARowStride = 0;
            body.AColumnStride = problem.BRowStride;
            body.B = problem.A;
            body.BRowStride = problem.AColumnStride;
            body.Columns = rows;
            body.IsBiasOfRows = true;
            rows = 1;
        }
        else if (problem.N == 1)
        {
            // Rows of their own: lanes would have to be gathered.
            level = KernelLevel.Scalar;
        }

        LaneTraversal.Dispatch<Body<T>, T>(ref body, 0, rows, level);
        Activate(in problem);
        return true;
    }

    // The activations that are not a comparison run over C, as the element-wise operation does.
    private static void Activate<T>(in GemmProblem<T> problem)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (problem.Activation is ActivationKind.None or ActivationKind.Relu)
        {
            return;
        }

        int rowsAtOnce = problem.N == problem.CRowStride ? problem.M : 1;
        for (int row = 0; row < problem.M; row += rowsAtOnce)
        {
            var values = new Span<T>(problem.C + (row * problem.CRowStride), problem.N * rowsAtOnce);
            Activations.Apply(problem.Activation, values, WorkerPool.Serial);
        }
    }

    /// <summary>The loop over rows of C.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Body<T> : ILaneBody
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private const int RowsAtOnce = 8;

        public T* A;
        public nint ARowStride;
        public nint AColumnStride;
        public T* B;
        public nint BRowStride;
        public T* C;
        public nint CRowStride;
        public T* Bias;
        public T Beta;
        public int Columns;
        public int Depth;
        public bool IsRelu;
        public bool IsBiasOfRows;

        public readonly void Invoke<TLanes, TElement>(int start, int end)
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            int whole = Columns - (Columns % TLanes.Count);
            int rest = Columns - whole;
            int row = start;
            for (; row <= end - RowsAtOnce; row += RowsAtOnce)
            {
                for (int column = 0; column < whole; column += TLanes.Count)
                {
                    Eight<Whole, TLanes, TElement>(row, column, TLanes.Count);
                }

                if (rest > 0)
                {
                    Eight<Part, TLanes, TElement>(row, whole, rest);
                }
            }

            for (; row < end; row++)
            {
                int column = 0;
                for (; column <= whole - (4 * TLanes.Count); column += 4 * TLanes.Count)
                {
                    One<Four, TLanes, TElement>(row, column, TLanes.Count);
                }

                for (; column < whole; column += TLanes.Count)
                {
                    One<Whole, TLanes, TElement>(row, column, TLanes.Count);
                }

                if (rest > 0)
                {
                    One<Part, TLanes, TElement>(row, whole, rest);
                }
            }
        }

        // The sums are separate locals because only those stay in registers.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Eight<TWidth, TLanes, TElement>(int row, int column, int columns)
            where TWidth : struct
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            nint stride = ARowStride;
            TElement* a0 = (TElement*)A + (row * stride);
            TElement* a4 = a0 + (4 * stride);
            TElement* b = (TElement*)B + column;
            nint stride3 = 3 * stride;
            nint aStep = AColumnStride;
            nint bStep = BRowStride;
            TLanes c0 = TLanes.Zero, c1 = TLanes.Zero, c2 = TLanes.Zero, c3 = TLanes.Zero;
            TLanes c4 = TLanes.Zero, c5 = TLanes.Zero, c6 = TLanes.Zero, c7 = TLanes.Zero;
            for (int depth = Depth; depth > 0; depth--)
            {
                TLanes line = Load<TWidth, TLanes, TElement>(b, columns);
                c0 = TLanes.MultiplyAdd(TLanes.Repeat(a0[0]), line, c0);
                c1 = TLanes.MultiplyAdd(TLanes.Repeat(a0[stride]), line, c1);
                c2 = TLanes.MultiplyAdd(TLanes.Repeat(a0[2 * stride]), line, c2);
                c3 = TLanes.MultiplyAdd(TLanes.Repeat(a0[stride3]), line, c3);
                c4 = TLanes.MultiplyAdd(TLanes.Repeat(a4[0]), line, c4);
                c5 = TLanes.MultiplyAdd(TLanes.Repeat(a4[stride]), line, c5);
                c6 = TLanes.MultiplyAdd(TLanes.Repeat(a4[2 * stride]), line, c6);
                c7 = TLanes.MultiplyAdd(TLanes.Repeat(a4[stride3]), line, c7);
                a0 += aStep;
                a4 += aStep;
                b += bStep;
            }

            nint cStride = CRowStride;
            nint cStride3 = 3 * cStride;
            TElement* to0 = (TElement*)C + (row * cStride) + column;
            TElement* to4 = to0 + (4 * cStride);
            if (Beta != T.Zero)
            {
                // fma(1, s, beta · C): the sum of both, rounded once.
                T factor = Beta;
                TLanes beta = TLanes.Repeat(*(TElement*)&factor);
                c0 += beta * Load<TWidth, TLanes, TElement>(to0, columns);
                c1 += beta * Load<TWidth, TLanes, TElement>(to0 + cStride, columns);
                c2 += beta * Load<TWidth, TLanes, TElement>(to0 + (2 * cStride), columns);
                c3 += beta * Load<TWidth, TLanes, TElement>(to0 + cStride3, columns);
                c4 += beta * Load<TWidth, TLanes, TElement>(to4, columns);
                c5 += beta * Load<TWidth, TLanes, TElement>(to4 + cStride, columns);
                c6 += beta * Load<TWidth, TLanes, TElement>(to4 + (2 * cStride), columns);
                c7 += beta * Load<TWidth, TLanes, TElement>(to4 + cStride3, columns);
            }

            if (Bias is not null)
            {
                TLanes bias = Load<TWidth, TLanes, TElement>((TElement*)Bias + column, columns);
                c0 += bias;
                c1 += bias;
                c2 += bias;
                c3 += bias;
                c4 += bias;
                c5 += bias;
                c6 += bias;
                c7 += bias;
            }

            if (IsRelu)
            {
                c0 = TLanes.Max(TLanes.Zero, c0);
                c1 = TLanes.Max(TLanes.Zero, c1);
                c2 = TLanes.Max(TLanes.Zero, c2);
                c3 = TLanes.Max(TLanes.Zero, c3);
                c4 = TLanes.Max(TLanes.Zero, c4);
                c5 = TLanes.Max(TLanes.Zero, c5);
                c6 = TLanes.Max(TLanes.Zero, c6);
                c7 = TLanes.Max(TLanes.Zero, c7);
            }

            Store<TWidth, TLanes, TElement>(c0, to0, columns);
            Store<TWidth, TLanes, TElement>(c1, to0 + cStride, columns);
            Store<TWidth, TLanes, TElement>(c2, to0 + (2 * cStride), columns);
            Store<TWidth, TLanes, TElement>(c3, to0 + cStride3, columns);
            Store<TWidth, TLanes, TElement>(c4, to4, columns);
            Store<TWidth, TLanes, TElement>(c5, to4 + cStride, columns);
            Store<TWidth, TLanes, TElement>(c6, to4 + (2 * cStride), columns);
            Store<TWidth, TLanes, TElement>(c7, to4 + cStride3, columns);
        }

        // Of four registers where there are as many columns: the additions of one wait for each other.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void One<TWidth, TLanes, TElement>(int row, int column, int columns)
            where TWidth : struct
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            int count = TLanes.Count;
            TElement* a = (TElement*)A + (row * ARowStride);
            TElement* b = (TElement*)B + column;
            nint aStep = AColumnStride;
            nint bStep = BRowStride;
            TLanes c0 = TLanes.Zero, c1 = TLanes.Zero, c2 = TLanes.Zero, c3 = TLanes.Zero;
            for (int depth = Depth; depth > 0; depth--)
            {
                TLanes x = TLanes.Repeat(*a);
                c0 = TLanes.MultiplyAdd(x, Load<TWidth, TLanes, TElement>(b, columns), c0);
                if (typeof(TWidth) == typeof(Four))
                {
                    c1 = TLanes.MultiplyAdd(x, TLanes.Load(in b[count]), c1);
                    c2 = TLanes.MultiplyAdd(x, TLanes.Load(in b[2 * count]), c2);
                    c3 = TLanes.MultiplyAdd(x, TLanes.Load(in b[3 * count]), c3);
                }

                a += aStep;
                b += bStep;
            }

            Finish<TWidth, TLanes, TElement>(row, column, columns, c0);
            if (typeof(TWidth) == typeof(Four))
            {
                Finish<TWidth, TLanes, TElement>(row, column + count, columns, c1);
                Finish<TWidth, TLanes, TElement>(row, column + (2 * count), columns, c2);
                Finish<TWidth, TLanes, TElement>(row, column + (3 * count), columns, c3);
            }
        }

        private readonly void Finish<TWidth, TLanes, TElement>(int row, int column, int columns, TLanes sum)
            where TWidth : struct
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            TElement* to = (TElement*)C + (row * CRowStride) + column;
            if (Beta != T.Zero)
            {
                T factor = Beta;
                sum += TLanes.Repeat(*(TElement*)&factor) * Load<TWidth, TLanes, TElement>(to, columns);
            }

            if (Bias is not null)
            {
                var bias = (TElement*)Bias;
                sum += IsBiasOfRows ? TLanes.Repeat(bias[row]) : Load<TWidth, TLanes, TElement>(bias + column, columns);
            }

            Store<TWidth, TLanes, TElement>(IsRelu ? TLanes.Max(TLanes.Zero, sum) : sum, to, columns);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TLanes Load<TWidth, TLanes, TElement>(TElement* source, int columns)
            where TWidth : struct
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged =>
            typeof(TWidth) == typeof(Part) ? TLanes.LoadPartial(source, columns, TLanes.Zero) : TLanes.Load(in *source);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Store<TWidth, TLanes, TElement>(TLanes value, TElement* destination, int columns)
            where TWidth : struct
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged
        {
            if (typeof(TWidth) == typeof(Part))
            {
                TLanes.StorePartial(value, destination, columns);
            }
            else
            {
                TLanes.Store(value, ref *destination);
            }
        }
    }

    /// <summary>A part of a register of columns.</summary>
    private readonly struct Part;

    /// <summary>A register of columns.</summary>
    private readonly struct Whole;

    /// <summary>Four registers of columns.</summary>
    private readonly struct Four;
}
