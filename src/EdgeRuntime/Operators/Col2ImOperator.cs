using System.Numerics;
using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.Col2Im;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Blocks added up where they overlap in an image.</summary>
internal static class Col2ImOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => !IntegerInput.Accepts(node.InputType(2))
        ? throw node.UnsupportedType(2)
        : node.InputType(0) switch
        {
            ElementType.Bool => new Kernel<bool, ElementReductions.Or>(op),
            ElementType.Complex64 => new Kernel<Complex64, ElementReductions.ComplexSum>(op),
            ElementType.Complex128 => new Kernel<Complex, ElementReductions.ComplexSum>(op),
            var type => TypeDispatch.Computed(type, new Factory(op)) ?? throw node.UnsupportedType(0),
        };

    private readonly struct Factory(Record op) : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new Kernel<T, Sum<T>>(op);
    }

    private readonly struct Sum<T> : IBroadcastBody<T, T, T>
        where T : unmanaged, INumber<T>
    {
        public static T Invoke(T x, T y) => x + y;
    }

    private sealed class Kernel<T, TSum>(Record op) : OperatorKernel
        where TSum : IBroadcastBody<T, T, T>
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape y = arguments.OutputShape(0);
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> image = arguments.Output<T>(0);
            image.Clear();
            if (x.Length == 0 || image.Length == 0)
            {
                return;
            }

            int axes = y.Rank - 2;
            Span<int> block = stackalloc int[Shape.MaxRank];
            Span<int> windows = stackalloc int[Shape.MaxRank];
            int elements = 1;
            for (int axis = 0; axis < axes; axis++)
            {
                block[axis] = (int)IntegerInput.Read(arguments.InputTensor(2), axis);
                windows[axis] = (int)op.Windows(y[axis + 2], block[axis], axis);
                elements *= block[axis];
            }

            int columns = arguments.InputShape(0)[2];
            int plane = y.LengthOf(2..);
            Span<int> tap = stackalloc int[Shape.MaxRank];
            for (int row = 0; row < x.Length / columns; row++)
            {
                WorkLimits.Poll();
                Decompose(row % elements, block[..axes], tap);
                Span<T> target = image.Slice(row / elements * plane, plane);
                for (int column = 0; column < columns; column++)
                {
                    int offset = OffsetOf(column, windows[..axes], tap, y);
                    if (offset >= 0)
                    {
                        target[offset] = TSum.Invoke(target[offset], x[(row * columns) + column]);
                    }
                }
            }
        }

        private static void Decompose(int index, ReadOnlySpan<int> sizes, Span<int> result)
        {
            for (int axis = sizes.Length - 1; axis >= 0; axis--)
            {
                result[axis] = index % sizes[axis];
                index /= sizes[axis];
            }
        }

        private int OffsetOf(int window, ReadOnlySpan<int> windows, ReadOnlySpan<int> tap, Shape y)
        {
            int offset = 0;
            int stride = 1;
            for (int axis = windows.Length - 1; axis >= 0; axis--)
            {
                long at = (window % windows[axis] * op.Stride(axis)) + (tap[axis] * op.Dilation(axis)) - op.PadBegin(axis);
                if (at < 0 || at >= y[axis + 2])
                {
                    return -1;
                }

                offset += (int)at * stride;
                stride *= y[axis + 2];
                window /= windows[axis];
            }

            return offset;
        }
    }
}
