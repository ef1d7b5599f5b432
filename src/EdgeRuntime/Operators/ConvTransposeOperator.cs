using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx;
using Record = Toolkit.Onnx.Operators.ConvTranspose;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Y = the transpose of a convolution, of X, plus a bias a channel.</summary>
internal static class ConvTransposeOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node)
    {
        (Record cut, int[] excess) = Normalize(op);
        return node.InputType(0) switch
        {
            ElementType.Float32 => new Kernel<float>(cut, excess),
            ElementType.Float64 => new Kernel<double>(cut, excess),
            _ => throw node.UnsupportedType(0),
        };
    }

    // What is added at the end of an axis and what is cut there cancel out. What remains of it beyond the stride lies behind all that the input reaches:
    // it holds the bias alone.
    private static (Record Op, int[] Excess) Normalize(Record op)
    {
        if (op.OutputPadding is not { } added)
        {
            return (op, []);
        }

        int axes = added.Count;
        long[] pads = op.Pads is { } given ? given.Values.ToArray() : new long[2 * axes];
        var excess = new int[axes];
        for (int axis = 0; axis < axes; axis++)
        {
            long cancelled = Math.Min(added[axis], pads[axis + axes]);
            pads[axis + axes] -= cancelled;
            excess[axis] = (int)Math.Max(0, added[axis] - cancelled - (op.Stride(axis) - 1));
        }

        return (op with { Pads = new IntList(pads) }, Array.TrueForAll(excess, value => value == 0) ? [] : excess);
    }

    private sealed record ReachedShape(Shape Whole, Shape Part);

    private sealed class Kernel<T>(Record op, int[] excess) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private ReachedShape? _reached;

        // What more than two spatial axes need, and behind it the part of y that the input reaches, where that is not all of it.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs)
        {
            Shape reached = Reached(outputs[0]);
            return (Folded(inputs[0], inputs[1], reached) + (excess.Length == 0 ? 0L : reached.Length)) * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        }

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            Shape w = arguments.InputShape(1);
            Shape target = arguments.OutputShape(0);
            Span<T> y = arguments.Output<T>(0);
            ReadOnlySpan<T> bias = arguments.HasInput(2) ? arguments.Input<T>(2) : [];
            if (y.Length == 0)
            {
                return;
            }

            if (w.Length == 0 || arguments.Input<T>(0).Length == 0)
            {
                ChannelBias.Fill(y, bias, target.LengthOf(2..));
            }
            else if (excess.Length == 0)
            {
                Compute(arguments, target, y, bias);
            }
            else
            {
                ChannelBias.Fill(y, bias, target.LengthOf(2..));
                Shape reached = Reached(target);
                if (reached.Length > 0)
                {
                    int folded = (int)Folded(x, w, reached);
                    Span<T> part = arguments.Scratch<T>(folded + reached.Length)[folded..];
                    Compute(arguments, reached, part, bias);
                    Place(part, reached, y, target);
                }
            }
        }

        private static long Folded(Shape x, Shape w, Shape y) => x.Rank <= 4 ? 0 : FoldedAxes.TransposedScratch(x, w, y);

        private static void Place(ReadOnlySpan<T> part, Shape from, Span<T> y, Shape to)
        {
            int columns = from[^1];
            for (int row = 0; row < part.Length / columns; row++)
            {
                int rest = row;
                int offset = 0;
                int stride = to[^1];
                for (int axis = from.Rank - 2; axis >= 0; axis--)
                {
                    offset += rest % from[axis] * stride;
                    rest /= from[axis];
                    stride *= to[axis];
                }

                part.Slice(row * columns, columns).CopyTo(y[offset..]);
            }
        }

        private void Compute(in KernelArguments arguments, Shape target, Span<T> y, ReadOnlySpan<T> bias)
        {
            Shape x = arguments.InputShape(0);
            Shape w = arguments.InputShape(1);
            if (x.Rank <= 4)
            {
                ConvolutionGeometry geometry = WindowGeometry.Convolution(op, (int)op.Group, w, x[0], target[1], target);
                Convolution.ForwardTransposed(geometry, arguments.Input<T>(0), arguments.Input<T>(1), bias, y, ActivationKind.None, arguments.Workers);
            }
            else
            {
                FoldedAxes.ConvolveTransposed(op, x, arguments.Input<T>(0), w, arguments.Input<T>(1), bias, target, y, arguments);
            }
        }

        private Shape Reached(Shape y)
        {
            if (excess.Length == 0)
            {
                return y;
            }

            // Made once for a shape: runs allocate nothing.
            if (_reached is { } known && known.Whole == y)
            {
                return known.Part;
            }

            Span<int> sizes = stackalloc int[y.Rank];
            for (int axis = 0; axis < sizes.Length; axis++)
            {
                sizes[axis] = axis < 2 ? y[axis] : Math.Max(0, y[axis] - excess[axis - 2]);
            }

            var reached = new ReachedShape(y, new Shape(sizes));
            _reached = reached;
            return reached.Part;
        }
    }
}
