using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>data with elements added to, or taken from, the ends of its axes. Negative pads are taken away before any are added.</summary>
internal static class PadOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Pad op, NodeContext node)
    {
        foreach (int input in new[] { 1, 3 })
        {
            if (node.HasInput(input) && !IntegerInput.Accepts(node.InputType(input)))
            {
                throw node.UnsupportedType(input);
            }
        }

        return TypeDispatch.Element(node.InputType(0), new Factory(op.Mode, node)) ?? throw node.UnsupportedType(0);
    }

    // From an index of the output to one of what is left of the data on an axis; -1 for the constant.
    private static int SourceOf(int index, int size, PadMode mode)
    {
        if ((uint)index < (uint)size)
        {
            return index;
        }

        switch (mode)
        {
            case PadMode.Edge:
                return Math.Clamp(index, 0, size - 1);
            case PadMode.Reflect:
                return index < 0 ? -index : (2 * (size - 1)) - index;
            case PadMode.Wrap:
                int remainder = index % size;
                return remainder < 0 ? remainder + size : remainder;
            default:
                return -1;
        }
    }

    private readonly struct Factory(PadMode mode, NodeContext node) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(mode, node);
    }

    private sealed class Kernel<T>(PadMode mode, NodeContext node) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.OutputShape(0);
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            if (y.Length == 0)
            {
                return;
            }

            T constant = arguments.HasInput(2) && arguments.InputTensor(2).Length > 0 ? arguments.Input<T>(2)[0] : ZeroElement.Of<T>();
            if (shape.Rank == 0)
            {
                y[0] = x[0];
                return;
            }

            Span<int> begins = stackalloc int[Shape.MaxRank];
            Span<int> sizes = stackalloc int[Shape.MaxRank];
            Span<int> skipped = stackalloc int[Shape.MaxRank];
            Measure(arguments, begins, sizes, skipped);
            Span<int> strides = stackalloc int[Shape.MaxRank];
            int stride = 1;
            for (int axis = shape.Rank - 1; axis >= 0; axis--)
            {
                strides[axis] = stride;
                stride *= arguments.InputShape(0)[axis];
            }

            int last = shape.Rank - 1;
            int columns = shape[last];
            Span<int> index = stackalloc int[Shape.MaxRank];
            index.Clear();
            for (int row = 0; row < y.Length; row += columns)
            {
                Span<T> target = y.Slice(row, columns);
                int offset = 0;
                for (int axis = 0; axis < last && offset >= 0; axis++)
                {
                    int source = SourceOf(index[axis] - begins[axis], sizes[axis], mode);
                    offset = source < 0 ? -1 : offset + ((source + skipped[axis]) * strides[axis]);
                }

                if (offset < 0)
                {
                    target.Fill(constant);
                }
                else
                {
                    FillRow(x.Slice(offset + skipped[last], sizes[last]), target, begins[last], constant);
                }

                for (int axis = last - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
                {
                    index[axis] = 0;
                }
            }
        }

        private void FillRow(ReadOnlySpan<T> x, Span<T> y, int begin, T constant)
        {
            x.CopyTo(y[begin..]);
            for (int i = 0; i < y.Length; i++)
            {
                if (i == begin)
                {
                    i += x.Length;
                    if (i >= y.Length)
                    {
                        break;
                    }
                }

                int source = SourceOf(i - begin, x.Length, mode);
                y[i] = source < 0 ? constant : x[source];
            }
        }

        // For each axis: what is added at its begin, what is left of the data, and what of the data is left out before that.
        private void Measure(in KernelArguments arguments, Span<int> begins, Span<int> sizes, Span<int> skipped)
        {
            Shape shape = arguments.InputShape(0);
            begins.Clear();
            skipped.Clear();
            shape.Dimensions.CopyTo(sizes);
            int count = arguments.InputTensor(1).Length / 2;
            for (int i = 0; i < count; i++)
            {
                long named = arguments.HasInput(3) ? IntegerInput.Read(arguments.InputTensor(3), i) : i;
                if (named < -shape.Rank || named >= shape.Rank)
                {
                    throw node.BadValue($"expected axes from -{shape.Rank} to {shape.Rank - 1} for data {shape}, got {named}.");
                }

                int axis = shape.NormalizeAxis((int)named);
                long begin = IntegerInput.Read(arguments.InputTensor(1), i);
                long end = IntegerInput.Read(arguments.InputTensor(1), i + count);
                begins[axis] = (int)Math.Max(begin, 0);
                skipped[axis] = (int)Math.Max(-begin, 0);
                sizes[axis] = shape[axis] - skipped[axis] - (int)Math.Max(-end, 0);
                if (sizes[axis] < 0 || (mode == PadMode.Reflect && Math.Max(begin, end) >= sizes[axis] && Math.Max(begin, end) > 0) || (sizes[axis] == 0 && mode != PadMode.Constant))
                {
                    throw node.BadValue($"expected pads that fit axis {axis} of {shape} in mode {mode}, got {begin} and {end}.");
                }
            }
        }
    }
}
