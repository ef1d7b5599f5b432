using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// y = the distinct elements or slices of x. Text is in ordinal order; a NaN is greater than any number, and equal to itself.
/// </summary>
internal static class UniqueOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Unique op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Bool => new Kernel<bool, BoolOrder>(op),
        ElementType.String => new Kernel<string, TextOrder>(op),
        ElementType.Complex64 => new Kernel<Complex64, ComplexOrder>(op),
        ElementType.Complex128 => new Kernel<Complex, ComplexOrder>(op),
        var type => TypeDispatch.Computed(type, new Factory(op)) ?? throw node.UnsupportedType(0),
    };

    private interface IOrder<T>
    {
        static abstract int Compare(T x, T y);
    }

    private readonly struct Factory(Onnx.Operators.Unique op) : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<T, NumberOrder<T>>(op);
    }

    private readonly struct NumberOrder<T> : IOrder<T>
        where T : unmanaged, INumber<T>
    {
        public static int Compare(T x, T y) => x < y ? -1 : x > y ? 1 : x == y ? 0 : T.IsNaN(x).CompareTo(T.IsNaN(y));
    }

    private readonly struct BoolOrder : IOrder<bool>
    {
        public static int Compare(bool x, bool y) => x.CompareTo(y);
    }

    private readonly struct TextOrder : IOrder<string>
    {
        public static int Compare(string x, string y) => string.CompareOrdinal(x, y);
    }

    // By the real part, then by the imaginary one, as NumPy sorts them.
    private readonly struct ComplexOrder : IOrder<Complex>, IOrder<Complex64>
    {
        public static int Compare(Complex x, Complex y) =>
            NumberOrder<double>.Compare(x.Real, y.Real) is not 0 and var order ? order : NumberOrder<double>.Compare(x.Imaginary, y.Imaginary);

        public static int Compare(Complex64 x, Complex64 y) => Compare(new Complex(x.Real, x.Imaginary), new Complex(y.Real, y.Imaginary));
    }

    // Slices of an axis: slice i has its elements, block by block, at (block * size + i) * inner.
    private sealed class SliceComparer<T, TOrder>(Tensor<T> x, int size, int inner) : IComparer<int>
        where TOrder : IOrder<T>
    {
        public int Compare(int a, int b)
        {
            int order = CompareElements(a, b);
            return order != 0 ? order : a.CompareTo(b);
        }

        public int CompareElements(int a, int b)
        {
            ReadOnlySpan<T> values = x.Span;
            for (int block = 0; block < values.Length; block += size * inner)
            {
                for (int i = 0; i < inner; i++)
                {
                    int order = TOrder.Compare(values[block + (a * inner) + i], values[block + (b * inner) + i]);
                    if (order != 0)
                    {
                        return order;
                    }
                }
            }

            return 0;
        }
    }

    // Runs only where memory is taken anew each time: the number of groups is known no earlier.
    private sealed class Kernel<T, TOrder>(Onnx.Operators.Unique op) : OperatorKernel
        where TOrder : IOrder<T>
    {
        public override SymbolicShape[] FindShapes(ReadOnlySpan<Tensor?> inputs)
        {
            Tensor<T> x = inputs[0]!.As<T>();
            Dimension count = Group(x).Groups.Count;
            (int axis, int size, _) = Layout(x.Shape);
            SymbolicShape shape = SymbolicShape.From(x.Shape);
            return
            [
                op.Axis is null ? new SymbolicShape(count) : new SymbolicShape([.. shape.Dimensions[..axis], count, .. shape.Dimensions[(axis + 1)..]]),
                new SymbolicShape(count), new SymbolicShape(size), new SymbolicShape(count),
            ];
        }

        public override void Run(in KernelArguments arguments)
        {
            Tensor<T> x = arguments.InputTensor(0).As<T>();
            (_, int size, int inner) = Layout(x.Shape);
            (int[] order, List<(int Start, int Length)> groups) = Group(x);
            for (int group = 0; group < groups.Count; group++)
            {
                (int start, int length) = groups[group];
                if (arguments.HasOutput(0))
                {
                    Copy(x.Span, arguments.Output<T>(0), order[start], group, groups.Count, size, inner);
                }

                if (arguments.HasOutput(1))
                {
                    arguments.Output<long>(1)[group] = order[start];
                }

                if (arguments.HasOutput(3))
                {
                    arguments.Output<long>(3)[group] = length;
                }

                for (int i = 0; arguments.HasOutput(2) && i < length; i++)
                {
                    arguments.Output<long>(2)[order[start + i]] = group;
                }
            }
        }

        private static void Copy(ReadOnlySpan<T> x, Span<T> y, int from, int to, int count, int size, int inner)
        {
            for (int block = 0; x.Length > 0 && block < x.Length / (size * inner); block++)
            {
                x.Slice(((block * size) + from) * inner, inner).CopyTo(y[(((block * count) + to) * inner)..]);
            }
        }

        private (int Axis, int Size, int Inner) Layout(Shape shape)
        {
            if (op.Axis is not { } axis)
            {
                return (0, shape.Length, 1);
            }

            int normal = shape.NormalizeAxis(axis);
            return (normal, shape[normal], shape.LengthOf((normal + 1)..));
        }

        // The indices of equal slices, ascending, and the groups of them in the order of the output.
        private (int[] Order, List<(int Start, int Length)> Groups) Group(Tensor<T> x)
        {
            (_, int size, int inner) = Layout(x.Shape);
            var comparer = new SliceComparer<T, TOrder>(x, size, inner);
            WorkLimits.RequireScratch(size * (3L * sizeof(int)));
            var order = new int[size];
            for (int i = 0; i < size; i++)
            {
                order[i] = i;
            }

            Array.Sort(order, comparer);
            var groups = new List<(int Start, int Length)>();
            for (int start = 0; start < size;)
            {
                int end = start + 1;
                while (end < size && comparer.CompareElements(order[start], order[end]) == 0)
                {
                    end++;
                }

                groups.Add((start, end - start));
                start = end;
            }

            if (!op.Sorted)
            {
                groups.Sort((a, b) => order[a.Start].CompareTo(order[b.Start]));
            }

            return (order, groups);
        }
    }
}
