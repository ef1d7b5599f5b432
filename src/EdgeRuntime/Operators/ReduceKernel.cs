using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Reductions over any set of axes. Neighbouring axes that are reduced together, or kept together, become one first. The order of
/// summation depends on the shapes alone.
/// </summary>
internal static class ReduceKernel
{
    /// <summary>The kernel for the node's element type.</summary>
    public static OperatorKernel Create<TReducer>(Onnx.Operators.ReduceOperator op, NodeContext node)
        where TReducer : IReducer
    {
        if (node.HasInput(1) && !IntegerInput.Accepts(node.InputType(1)))
        {
            throw node.UnsupportedType(1);
        }

        if (TReducer.IsSum && node.InputType(0) == ElementType.Float16)
        {
            // Sums in float16 lose their last elements silently.
            throw node.UnsupportedType(0);
        }

        return TypeDispatch.Number(node.InputType(0), new Factory<TReducer>(op.NoopWithEmptyAxes, node)) ?? throw node.UnsupportedType(0);
    }

    private readonly struct Factory<TReducer>(bool noopWithEmptyAxes, NodeContext node) : INumberFactory
        where TReducer : IReducer
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<TReducer, T>(noopWithEmptyAxes, node);
    }

    private sealed class Kernel<TReducer, T>(bool noopWithEmptyAxes, NodeContext node) : OperatorKernel
        where TReducer : IReducer
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            Span<bool> reduced = stackalloc bool[Shape.MaxRank];
            MarkAxes(arguments, shape, reduced[..shape.Rank]);
            Span<int> sizes = stackalloc int[Shape.MaxRank + 1];
            Span<int> strides = stackalloc int[Shape.MaxRank + 1];
            int count = 1;
            int rank = Collapse(shape, reduced, sizes, strides, ref count);
            Span<T> y = arguments.Output<T>(0);
            y.Fill(TReducer.Identity<T>());
            Accumulate(arguments.Input<T>(0), sizes[..rank], strides[..rank], y);
            if (TReducer.IsMean)
            {
                Divide(y, count);
            }
        }

        private static void Accumulate(ReadOnlySpan<T> x, ReadOnlySpan<int> sizes, ReadOnlySpan<int> strides, Span<T> y)
        {
            Span<int> index = stackalloc int[Shape.MaxRank + 1];
            index.Clear();
            int columns = sizes[^1];
            bool rowIsReduced = strides[^1] == 0;
            int offset = 0;
            for (int row = 0; row < x.Length; row += columns)
            {
                ReadOnlySpan<T> values = x.Slice(row, columns);
                if (rowIsReduced)
                {
                    y[offset] = TReducer.Combine(y[offset], ReduceRow(values));
                }
                else
                {
                    Span<T> target = y.Slice(offset, columns);
                    for (int i = 0; i < target.Length; i++)
                    {
                        target[i] = TReducer.Combine(target[i], values[i]);
                    }
                }

                for (int axis = sizes.Length - 2; axis >= 0; axis--)
                {
                    offset += strides[axis];
                    if (++index[axis] < sizes[axis])
                    {
                        break;
                    }

                    offset -= strides[axis] * sizes[axis];
                    index[axis] = 0;
                }
            }
        }

        private static T ReduceRow(ReadOnlySpan<T> values)
        {
            if (TReducer.IsSum && typeof(T) == typeof(float))
            {
                return T.CreateTruncating(Reduction.Sum(System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(values)));
            }

            T result = TReducer.Identity<T>();
            foreach (T value in values)
            {
                result = TReducer.Combine(result, value);
            }

            return result;
        }

        private static void Divide(Span<T> y, int count)
        {
            // The mean of nothing is NaN for real numbers; integers have none, and keep the sum, 0.
            T divisor = T.CreateTruncating(count);
            bool isReal = typeof(T) == typeof(float) || typeof(T) == typeof(double);
            for (int i = 0; i < y.Length && (isReal || count != 0); i++)
            {
                y[i] /= divisor;
            }
        }

        // Strides in y: 0 for a reduced axis.
        private static int Collapse(Shape shape, ReadOnlySpan<bool> reduced, Span<int> sizes, Span<int> strides, ref int count)
        {
            int rank = 0;
            bool last = false;
            for (int axis = 0; axis < shape.Rank; axis++)
            {
                count *= reduced[axis] ? shape[axis] : 1;
                if (rank > 0 && reduced[axis] == last)
                {
                    sizes[rank - 1] *= shape[axis];
                    continue;
                }

                last = reduced[axis];
                sizes[rank] = shape[axis];
                strides[rank++] = last ? 0 : 1;
            }

            if (rank == 0)
            {
                sizes[0] = 1;
                strides[0] = 1;
                rank = 1;
            }

            int stride = 1;
            for (int axis = rank - 1; axis >= 0; axis--)
            {
                if (strides[axis] != 0)
                {
                    strides[axis] = stride;
                    stride *= sizes[axis];
                }
            }

            return rank;
        }

        private void MarkAxes(in KernelArguments arguments, Shape shape, Span<bool> reduced)
        {
            reduced.Clear();
            int named = arguments.HasInput(1) ? arguments.InputTensor(1).Length : 0;
            if (named == 0)
            {
                reduced.Fill(!noopWithEmptyAxes);
            }

            for (int i = 0; i < named; i++)
            {
                long axis = IntegerInput.Read(arguments.InputTensor(1), i);
                if (axis < -shape.Rank || axis >= shape.Rank)
                {
                    throw node.BadValue($"expected axes from -{shape.Rank} to {shape.Rank - 1} for data {shape}, got {axis}.");
                }

                reduced[(int)(axis < 0 ? axis + shape.Rank : axis)] = true;
            }
        }
    }
}
