using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The index of the greatest or least element along an axis; a NaN is more extreme than any number.</summary>
internal static class ArgKernel
{
    /// <summary>The kernel for the node's element type.</summary>
    /// <typeparam name="TComparison">Whether its first argument is strictly more extreme than its second.</typeparam>
    public static OperatorKernel Create<TComparison>(Onnx.Operators.ArgOperator op, NodeContext node)
        where TComparison : IComparison =>
        TypeDispatch.Computed(node.InputType(0), new Factory<TComparison>(op.Axis, op.SelectLastIndex, node)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory<TComparison>(int axis, bool selectLast, NodeContext node) : INumberFactory
        where TComparison : IComparison
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<TComparison, T>(axis, selectLast, node);
    }

    private sealed class Kernel<TComparison, T>(int axis, bool selectLast, NodeContext node) : OperatorKernel
        where TComparison : IComparison
        where T : unmanaged, INumber<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            int normal = shape.Rank == 0 ? 0 : shape.NormalizeAxis(axis);
            int size = shape.Rank == 0 ? 1 : shape[normal];
            int inner = shape.Rank == 0 ? 1 : shape.LengthOf((normal + 1)..);
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<long> y = arguments.Output<long>(0);
            if (size == 0 && y.Length > 0)
            {
                throw node.BadValue($"expected at least one element on axis {normal}, got {shape}.");
            }

            for (int i = 0; i < y.Length; i++)
            {
                y[i] = Find(x, (i / inner * size * inner) + (i % inner), size, inner);
            }
        }

        private int Find(ReadOnlySpan<T> x, int offset, int size, int stride)
        {
            int best = 0;
            T extreme = x[offset];
            for (int i = 1; i < size; i++)
            {
                T value = x[offset + (i * stride)];
                bool better = TComparison.Invoke(value, extreme) || (T.IsNaN(value) && !T.IsNaN(extreme));
                if (better || (selectLast && (value == extreme || (T.IsNaN(value) && T.IsNaN(extreme)))))
                {
                    best = i;
                    extreme = value;
                }
            }

            return best;
        }
    }
}
