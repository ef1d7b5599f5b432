using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Reductions over any set of axes in float64, rounded once at the end (integers are truncated). The order of summation depends on
/// the shapes alone.
/// </summary>
internal static class RealReduceKernel
{
    // A row is summed in this many parts, so that one addition need not wait for the other.
    private const int Parts = 4;

    /// <summary>The kernel for the node's element type.</summary>
    public static OperatorKernel Create<TReducer>(Onnx.Operators.ReduceOperator op, NodeContext node)
        where TReducer : IRealReducer
    {
        ReduceKernel.RequireAxesType(node);
        return TypeDispatch.Computed(node.InputType(0), new Factory<TReducer>(op.NoopWithEmptyAxes, node)) ?? throw node.UnsupportedType(0);
    }

    private readonly struct Factory<TReducer>(bool noopWithEmptyAxes, NodeContext node) : INumberFactory
        where TReducer : IRealReducer
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<TReducer, T>(noopWithEmptyAxes, node);
    }

    private sealed class Kernel<TReducer, T>(bool noopWithEmptyAxes, NodeContext node) : OperatorKernel
        where TReducer : IRealReducer
        where T : unmanaged, INumber<T>
    {
        // The sums, and what is subtracted from the elements of each.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 2L * outputs[0].Length * sizeof(double);

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            Span<double> sums = arguments.Scratch<double>(2 * y.Length);
            Span<double> shifts = sums[y.Length..];
            sums = sums[..y.Length];
            Shape shape = arguments.InputShape(0);
            Span<bool> reduced = stackalloc bool[Shape.MaxRank];
            Span<int> sizes = stackalloc int[ReducedAxes.MaxRank];
            Span<int> strides = stackalloc int[ReducedAxes.MaxRank];
            Span<int> index = stackalloc int[ReducedAxes.MaxRank];
            ReducedAxes.Mark(arguments, shape, noopWithEmptyAxes, node, reduced[..shape.Rank]);
            ReducedAxes.RequireLength(shape, reduced, y.Length, node);
            int rank = ReducedAxes.Collapse(shape, reduced, sizes, strides, out int count);
            shifts.Clear();
            if (TReducer.IsShifted)
            {
                FindShifts(x, new ReducedRows(sizes[..rank], strides[..rank], index, x.Length), shifts);
            }

            sums.Fill(TReducer.Identity);
            Combine(x, new ReducedRows(sizes[..rank], strides[..rank], index, x.Length), shifts, sums);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = T.CreateSaturating(TReducer.Finish(sums[i], count) + shifts[i]);
            }
        }

        private static void FindShifts(ReadOnlySpan<T> x, ReducedRows rows, Span<double> shifts)
        {
            shifts.Fill(double.NegativeInfinity);
            while (rows.MoveNext())
            {
                int step = rows.RowIsReduced ? 0 : 1;
                for (int i = 0; i < rows.Columns; i++)
                {
                    ref double shift = ref shifts[rows.Offset + (i * step)];
                    shift = Math.Max(shift, double.CreateTruncating(x[rows.Start + i]));
                }
            }

            // Infinity minus itself is not a number; what is infinite stays so without a shift.
            foreach (ref double shift in shifts)
            {
                shift = double.IsInfinity(shift) ? 0 : shift;
            }
        }

        private static void Combine(ReadOnlySpan<T> x, ReducedRows rows, ReadOnlySpan<double> shifts, Span<double> sums)
        {
            while (rows.MoveNext())
            {
                ReadOnlySpan<T> values = x.Slice(rows.Start, rows.Columns);
                int offset = rows.Offset;
                if (rows.RowIsReduced)
                {
                    sums[offset] = TReducer.Combine(sums[offset], CombineRow(values, shifts[offset]));
                    continue;
                }

                for (int i = 0; i < values.Length; i++)
                {
                    sums[offset + i] = TReducer.Combine(sums[offset + i], TReducer.Map(double.CreateTruncating(values[i]) - shifts[offset + i]));
                }
            }
        }

        private static double CombineRow(ReadOnlySpan<T> values, double shift)
        {
            (double a, double b, double c, double d) = (TReducer.Identity, TReducer.Identity, TReducer.Identity, TReducer.Identity);
            int i = 0;
            for (; i <= values.Length - Parts; i += Parts)
            {
                a = TReducer.Combine(a, TReducer.Map(double.CreateTruncating(values[i]) - shift));
                b = TReducer.Combine(b, TReducer.Map(double.CreateTruncating(values[i + 1]) - shift));
                c = TReducer.Combine(c, TReducer.Map(double.CreateTruncating(values[i + 2]) - shift));
                d = TReducer.Combine(d, TReducer.Map(double.CreateTruncating(values[i + 3]) - shift));
            }

            for (; i < values.Length; i++)
            {
                a = TReducer.Combine(a, TReducer.Map(double.CreateTruncating(values[i]) - shift));
            }

            return TReducer.Combine(TReducer.Combine(a, b), TReducer.Combine(c, d));
        }
    }
}
