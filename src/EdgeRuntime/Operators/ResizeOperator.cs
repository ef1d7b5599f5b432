using System.Numerics;
using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// data at other sizes. Nearest is one indexed copy of elements of any type; linear and cubic interpolate one axis after the other, with a
/// table of weights for each.
/// </summary>
internal static class ResizeOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Resize op, NodeContext node)
    {
        if (node.HasInput(3) && !IntegerInput.Accepts(node.InputType(3)))
        {
            throw node.UnsupportedType(3);
        }

        foreach (int input in new[] { 1, 2 })
        {
            // An empty list of another type stands for one that is left out.
            if (node.HasInput(input) && node.InputType(input) != ElementType.Float32 && node.InputShape(input)?.ElementCount is not 0)
            {
                throw node.UnsupportedType(input);
            }
        }

        return (op.Mode, node.InputType(0)) switch
        {
            (ResizeMode.Nearest, var type) => TypeDispatch.Element(type, new Factory(op, node)) ?? throw node.UnsupportedType(0),
            (_, ElementType.Float32) => new InterpolatedKernel<float>(op, node),
            (_, ElementType.Float64) => new InterpolatedKernel<double>(op, node),
            _ => throw node.UnsupportedType(0),
        };
    }

    // What the inputs and shapes say of each axis.
    private static void FillAxes(Resize op, in KernelArguments arguments, Span<ResizeAxis> axes)
    {
        Shape x = arguments.InputShape(0);
        Shape y = arguments.OutputShape(0);
        for (int axis = 0; axis < axes.Length; axis++)
        {
            axes[axis] = new ResizeAxis(x[axis], y[axis], 1, 0, 1);
        }

        int count = op.Axes?.Count ?? x.Rank;
        bool hasSizes = arguments.HasInput(3) && arguments.InputTensor(3).Length > 0;
        ReadOnlySpan<float> roi = op.Transformation == CoordinateTransformation.TfCropAndResize && arguments.HasInput(1) && arguments.InputTensor(1).Length == 2 * count
            ? arguments.Input<float>(1) : [];
        float common = hasSizes && op.KeepAspectRatio != KeepAspectRatio.Stretch ? CommonScale(op, arguments, x, count) : 0;
        for (int i = 0; i < count; i++)
        {
            int axis = x.NormalizeAxis((int)(op.Axes?[i] ?? i));
            float scale = !hasSizes ? arguments.Input<float>(2)[i]
                : common != 0 ? common
                : (float)y[axis] / x[axis];
            axes[axis] = new ResizeAxis(x[axis], y[axis], scale, roi.IsEmpty ? 0 : roi[i], roi.IsEmpty ? 1 : roi[i + count]);
        }
    }

    private static float CommonScale(Resize op, in KernelArguments arguments, Shape x, int count)
    {
        float result = 0;
        for (int i = 0; i < count; i++)
        {
            float scale = (float)IntegerInput.Read(arguments.InputTensor(3), i) / x[x.NormalizeAxis((int)(op.Axes?[i] ?? i))];
            result = i == 0 ? scale : op.KeepAspectRatio == KeepAspectRatio.NotLarger ? Math.Min(result, scale) : Math.Max(result, scale);
        }

        return result;
    }

    private static void RequireElements(in KernelArguments arguments, NodeContext node)
    {
        if (arguments.InputShape(0).Length == 0)
        {
            throw node.BadValue($"expected elements to make {arguments.OutputShape(0)} of, got {arguments.InputShape(0)}.");
        }
    }

    private readonly struct Factory(Resize op, NodeContext node) : IElementFactory
    {
        public OperatorKernel Create<T>() => new NearestKernel<T>(op, node);
    }

    private sealed class NearestKernel<T>(Resize op, NodeContext node) : OperatorKernel
    {
        private readonly T _outside = NumberElement.From<T>(op.ExtrapolationValue);

        // For every index of every axis of the output: where it lies in the input, or -1.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs)
        {
            long indices = 0;
            foreach (int size in outputs[0].Dimensions)
            {
                indices += size;
            }

            return indices * sizeof(int);
        }

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            Shape y = arguments.OutputShape(0);
            ReadOnlySpan<T> source = arguments.Input<T>(0);
            Span<T> target = arguments.Output<T>(0);
            if (target.Length == 0 || y.Rank == 0)
            {
                source[..target.Length].CopyTo(target);
                return;
            }

            RequireElements(arguments, node);

            int total = 0;
            foreach (int size in y.Dimensions)
            {
                total += size;
            }

            Span<int> table = arguments.Scratch<int>(total);
            FillTable(arguments, x, table);
            int last = y.Rank - 1;
            int columns = y[last];
            ReadOnlySpan<int> row = table[^columns..];
            bool isCopy = IsCopy(row);
            Span<int> index = stackalloc int[Shape.MaxRank];
            index.Clear();
            for (int start = 0; start < target.Length; start += columns)
            {
                int offset = OffsetOf(index, y, table);
                Span<T> values = target.Slice(start, columns);
                if (offset < 0)
                {
                    values.Fill(_outside);
                }
                else if (isCopy)
                {
                    source.Slice(offset, columns).CopyTo(values);
                }
                else
                {
                    for (int i = 0; i < values.Length; i++)
                    {
                        values[i] = row[i] < 0 ? _outside : source[offset + row[i]];
                    }
                }

                for (int axis = last - 1; axis >= 0 && ++index[axis] == y[axis]; axis--)
                {
                    index[axis] = 0;
                }
            }
        }

        private static bool IsCopy(ReadOnlySpan<int> row)
        {
            for (int i = 0; i < row.Length; i++)
            {
                if (row[i] != i)
                {
                    return false;
                }
            }

            return true;
        }

        private static int OffsetOf(ReadOnlySpan<int> index, Shape y, ReadOnlySpan<int> table)
        {
            int offset = 0;
            int start = 0;
            for (int axis = 0; axis < y.Rank - 1; axis++)
            {
                int part = table[start + index[axis]];
                if (part < 0)
                {
                    return -1;
                }

                offset += part;
                start += y[axis];
            }

            return offset;
        }

        private void FillTable(in KernelArguments arguments, Shape x, Span<int> table)
        {
            Span<ResizeAxis> axes = stackalloc ResizeAxis[Shape.MaxRank];
            axes = axes[..x.Rank];
            FillAxes(op, arguments, axes);
            int stride = x.Length;
            int position = 0;
            foreach (ResizeAxis axis in axes)
            {
                stride /= axis.InputSize;
                for (int i = 0; i < axis.OutputSize; i++)
                {
                    float coordinate = axis.CoordinateOf(i, op.Transformation);
                    table[position++] = axis.IsOutside(coordinate, op.Transformation) ? -1 : axis.Nearest(coordinate, op.NearestMode) * stride;
                }
            }
        }

    }

    private sealed class InterpolatedKernel<T>(Resize op, NodeContext node) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs)
        {
            (long intermediate, long taps) = Measure(inputs[0], outputs[0]);
            return (2 * intermediate * Unsafe.SizeOf<T>()) + (taps * sizeof(float)) + sizeof(double);
        }

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            Shape y = arguments.OutputShape(0);
            Span<T> target = arguments.Output<T>(0);
            if (target.Length == 0)
            {
                return;
            }

            RequireElements(arguments, node);
            Span<ResizeAxis> axes = stackalloc ResizeAxis[Shape.MaxRank];
            axes = axes[..x.Rank];
            FillAxes(op, arguments, axes);
            int changed = 0;
            foreach (ResizeAxis axis in axes)
            {
                changed += axis.IsIdentity(op.Transformation) ? 0 : 1;
            }

            ReadOnlySpan<T> source = arguments.Input<T>(0);
            if (changed == 0)
            {
                source.CopyTo(target);
                return;
            }

            (long intermediate, long taps) = Measure(x, y);
            Span<T> first = arguments.Scratch<T>((int)(2 * intermediate));
            Span<T> second = first[(int)intermediate..];
            int bytes = (int)(2 * intermediate * Unsafe.SizeOf<T>());
            Span<float> weights = arguments.Scratch<float>((bytes / sizeof(float)) + (int)taps)[(bytes / sizeof(float))..];
            int outer = 1;
            int inner = x.Length;
            for (int axis = 0; axis < axes.Length; axis++)
            {
                inner /= axes[axis].InputSize;
                if (!axes[axis].IsIdentity(op.Transformation))
                {
                    Span<T> result = --changed == 0 ? target : first[..(outer * y[axis] * inner)];
                    Pass(axes[axis], source, result, outer, inner, weights[..ResizeAxis.TapCount(op, x[axis], y[axis])]);
                    source = result;

                    // The next pass writes to the other half.
                    Span<T> other = second;
                    second = first;
                    first = other;
                }

                outer *= y[axis];
            }
        }

        private void Pass(ResizeAxis axis, ReadOnlySpan<T> x, Span<T> y, int outer, int inner, Span<float> weights)
        {
            for (int i = 0; i < axis.OutputSize; i++)
            {
                WorkLimits.Poll();
                float coordinate = axis.CoordinateOf(i, op.Transformation);
                bool isOutside = axis.IsOutside(coordinate, op.Transformation);
                int start = isOutside ? 0 : axis.Weights(op, coordinate, weights);
                for (int block = 0; block < outer; block++)
                {
                    Span<T> row = y.Slice(((block * axis.OutputSize) + i) * inner, inner);
                    if (isOutside)
                    {
                        row.Fill(T.CreateTruncating(op.ExtrapolationValue));
                        continue;
                    }

                    row.Clear();
                    for (int tap = 0; tap < weights.Length; tap++)
                    {
                        if (weights[tap] == 0)
                        {
                            continue;
                        }

                        T weight = T.CreateTruncating(weights[tap]);
                        int from = Math.Clamp(start + tap, 0, axis.InputSize - 1);
                        ReadOnlySpan<T> values = x.Slice(((block * axis.InputSize) + from) * inner, inner);
                        for (int j = 0; j < row.Length; j++)
                        {
                            row[j] = T.FusedMultiplyAdd(weight, values[j], row[j]);
                        }
                    }
                }
            }
        }

        // The elements of the largest intermediate result, and the most taps of an axis.
        private (long Intermediate, long Taps) Measure(Shape x, Shape y)
        {
            long intermediate = 0;
            long taps = 0;
            for (int axis = 0; axis < x.Rank; axis++)
            {
                // Axes before are resized already, axes behind are not. An even number keeps what follows aligned.
                intermediate = Math.Max(intermediate, (long)y.LengthOf(..(axis + 1)) * x.LengthOf((axis + 1)..));
                taps = Math.Max(taps, ResizeAxis.TapCount(op, x[axis], y[axis]));
            }

            return (intermediate + (intermediate & 1), taps);
        }
    }
}
