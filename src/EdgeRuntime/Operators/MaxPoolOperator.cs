using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.MaxPool;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The maximum of each window, and where it lies.</summary>
internal static class MaxPoolOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new PlaneKernel<float>(op),
        ElementType.Float64 => new PlaneKernel<double>(op),
        var type => TypeDispatch.Computed(type, new Factory(op)) ?? throw node.UnsupportedType(0),
    };

    private static void RunDirect<T>(Record op, in KernelArguments arguments)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        Shape x = arguments.InputShape(0);
        Shape y = arguments.OutputShape(0);
        Span<long> indices = arguments.HasOutput(1) ? arguments.Output<long>(1) : [];
        if (y.Length == 0)
        {
            return;
        }

        DirectPooling.Max(op, x, arguments.Input<T>(0), y, arguments.Output<T>(0), indices);
        int plane = y.LengthOf(2..);
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = Whole(op, x, i / plane, indices[i]);
        }
    }

    // From positions in planes to positions in the whole of x.
    private static long Whole(Record op, Shape x, int plane, long index)
    {
        if (index < 0)
        {
            return index;
        }

        long start = (long)plane * x.LengthOf(2..);
        if (!op.ColumnMajorIndices)
        {
            return start + index;
        }

        long columnMajor = 0;
        long remaining = index;
        int weight = x.LengthOf(2..);
        for (int axis = x.Rank - 1; axis >= 2; axis--)
        {
            weight /= x[axis];
            columnMajor += remaining % x[axis] * weight;
            remaining /= x[axis];
        }

        return start + columnMajor;
    }

    private readonly struct Factory(Record op) : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new DirectKernel<T>(op);
    }

    private sealed class PlaneKernel<T>(Record op) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) =>
            outputs.Length > 1 ? (long)outputs[0].Length * sizeof(int) : 0;

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            Span<T> y = arguments.Output<T>(0);
            if (y.Length == 0)
            {
                return;
            }

            if (!WindowGeometry.TryPooling(op, x, out PoolingGeometry geometry))
            {
                RunDirect<T>(op, arguments);
                return;
            }

            Span<int> places = arguments.HasOutput(1) ? arguments.Scratch<int>(y.Length) : [];
            Pooling.MaxForward(arguments.Input<T>(0), y, places, geometry, arguments.Workers);
            if (arguments.HasOutput(1))
            {
                Span<long> indices = arguments.Output<long>(1);
                int plane = arguments.OutputShape(0).LengthOf(2..);
                for (int i = 0; i < indices.Length; i++)
                {
                    indices[i] = Whole(op, x, i / plane, places[i]);
                }
            }
        }
    }

    private sealed class DirectKernel<T>(Record op) : OperatorKernel
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            if (arguments.HasOutput(1) || arguments.InputShape(0).Rank != 4 || op.Dilation(0) != 1 || op.Dilation(1) != 1)
            {
                RunDirect<T>(op, arguments);
                return;
            }

            Shape x = arguments.InputShape(0);
            Shape y = arguments.OutputShape(0);
            int plane = x[2] * x[3];
            Span<T> rows = arguments.Output<T>(0);
            for (int row = 0; row < y.Length / Math.Max(y[3], 1); row++)
            {
                WorkLimits.Poll();
                (int top, int bottom) = Range(0, row % y[2], x[2]);
                ReadOnlySpan<T> source = arguments.Input<T>(0).Slice(row / y[2] * plane, plane);
                Row(source, x[3], top, bottom, rows.Slice(row * y[3], y[3]));
            }
        }

        // One row of y from some rows of x.
        private void Row(ReadOnlySpan<T> source, int width, int top, int bottom, Span<T> target)
        {
            for (int i = 0; i < target.Length; i++)
            {
                (int left, int right) = Range(1, i, width);
                T best = T.MinValue;
                for (int r = top; r < bottom && left < right; r++)
                {
                    foreach (T element in source[((r * width) + left)..((r * width) + right)])
                    {
                        best = element > best ? element : best;
                    }
                }

                target[i] = best;
            }
        }

        // The elements of an axis that a window covers.
        private (int Begin, int End) Range(int axis, int position, int size)
        {
            long begin = (position * op.Stride(axis)) - op.PadBegin(axis);
            return ((int)Math.Clamp(begin, 0, size), (int)Math.Clamp(begin + op.KernelShape[axis], 0, size));
        }
    }
}
