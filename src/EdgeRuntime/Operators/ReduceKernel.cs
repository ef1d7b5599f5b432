using System.Numerics;
using System.Runtime.InteropServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Reductions over any set of axes in the element type. The order of summation depends on the shapes alone.</summary>
internal static class ReduceKernel
{
    /// <summary>The kernel for the node's element type.</summary>
    public static OperatorKernel Create<TReducer>(Onnx.Operators.ReduceOperator op, NodeContext node)
        where TReducer : IReducer
    {
        RequireAxesType(node);
        return TypeDispatch.Computed(node.InputType(0), new Factory<TReducer>(op.NoopWithEmptyAxes, node)) ?? throw node.UnsupportedType(0);
    }

    /// <summary>The kernel for bool, which is ordered as 0 and 1.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="node">The node.</param>
    /// <param name="identity">What no elements reduce to.</param>
    public static OperatorKernel CreateBool<TReducer>(Onnx.Operators.ReduceOperator op, NodeContext node, bool identity)
        where TReducer : IReducer
    {
        RequireAxesType(node);
        return new BoolKernel<TReducer>(op.NoopWithEmptyAxes, identity, node);
    }

    /// <summary>Refuses axes of a type that is not read.</summary>
    public static void RequireAxesType(NodeContext node)
    {
        if (node.HasInput(1) && !IntegerInput.Accepts(node.InputType(1)))
        {
            throw node.UnsupportedType(1);
        }
    }

    private readonly struct Factory<TReducer>(bool noopWithEmptyAxes, NodeContext node) : INumberFactory
        where TReducer : IReducer
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<TReducer, T>(noopWithEmptyAxes, node);
    }

    private sealed class BoolKernel<TReducer>(bool noopWithEmptyAxes, bool identity, NodeContext node) : OperatorKernel
        where TReducer : IReducer
    {
        public override void Run(in KernelArguments arguments)
        {
            Span<byte> y = MemoryMarshal.Cast<bool, byte>(arguments.Output<bool>(0));
            y.Fill(identity ? (byte)1 : (byte)0);
            Kernel<TReducer, byte>.Reduce(arguments, MemoryMarshal.Cast<bool, byte>(arguments.Input<bool>(0)), y, noopWithEmptyAxes, node);
        }
    }

    private sealed class Kernel<TReducer, T>(bool noopWithEmptyAxes, NodeContext node) : OperatorKernel
        where TReducer : IReducer
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            Span<T> y = arguments.Output<T>(0);
            y.Fill(TReducer.Identity<T>());
            int count = Reduce(arguments, arguments.Input<T>(0), y, noopWithEmptyAxes, node);
            if (TReducer.IsMean)
            {
                Divide(y, count);
            }
        }

        /// <summary>Combines the elements of x with what y holds, and returns how many become one.</summary>
        public static int Reduce(in KernelArguments arguments, ReadOnlySpan<T> x, Span<T> y, bool noopWithEmptyAxes, NodeContext node)
        {
            Shape shape = arguments.InputShape(0);
            Span<bool> reduced = stackalloc bool[Shape.MaxRank];
            Span<int> sizes = stackalloc int[ReducedAxes.MaxRank];
            Span<int> strides = stackalloc int[ReducedAxes.MaxRank];
            Span<int> index = stackalloc int[ReducedAxes.MaxRank];
            ReducedAxes.Mark(arguments, shape, noopWithEmptyAxes, node, reduced[..shape.Rank]);
            ReducedAxes.RequireLength(shape, reduced, y.Length, node);
            int rank = ReducedAxes.Collapse(shape, reduced, sizes, strides, out int count);
            var rows = new ReducedRows(sizes[..rank], strides[..rank], index, x.Length);
            while (rows.MoveNext())
            {
                ReadOnlySpan<T> values = x.Slice(rows.Start, rows.Columns);
                if (rows.RowIsReduced)
                {
                    y[rows.Offset] = TReducer.Combine(y[rows.Offset], ReduceRow(values));
                }
                else
                {
                    Span<T> target = y.Slice(rows.Offset, rows.Columns);
                    for (int i = 0; i < target.Length; i++)
                    {
                        target[i] = TReducer.Combine(target[i], TReducer.Map(values[i]));
                    }
                }
            }

            return count;
        }

        private static T ReduceRow(ReadOnlySpan<T> values)
        {
            if (TReducer.IsSum && typeof(T) == typeof(float))
            {
                return T.CreateTruncating(Reduction.Sum(MemoryMarshal.Cast<T, float>(values)));
            }

            T result = TReducer.Map(values[0]);
            foreach (T value in values[1..])
            {
                result = TReducer.Combine(result, TReducer.Map(value));
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
    }
}
