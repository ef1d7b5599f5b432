using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>Pieces of backward that several functions share.</summary>
internal static class GradientMath
{
    /// <summary>dx = dy, or dx += dy: of functions that move elements without changing their order.</summary>
    public static void Pass<T>(in FunctionContext<T> context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> dx = context.InputGradient(0);
        if (context.Accumulates(0))
        {
            ElementWise.Binary(default(Add), dx, context.OutputGradient, dx, context.Workers);
        }
        else
        {
            context.OutputGradient.CopyTo(dx);
        }
    }

    /// <summary>
    /// target[t(i)] += values[i]: the gradient of an operand that was broadcast is the sum over the axes along which it was repeated.
    /// The sums have the order of <paramref name="values"/>, row-major.
    /// </summary>
    public static void ReduceBroadcast<T>(ReadOnlySpan<T> values, Shape valuesShape, Span<T> target, Shape targetShape, bool accumulate, WorkerPool workers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (target.Length == values.Length)
        {
            if (accumulate)
            {
                ElementWise.Binary(default(Add), target, values, target, workers);
            }
            else
            {
                values.CopyTo(target);
            }

            return;
        }

        // A trailing block of axes, as a bias has it: a sum over rows.
        if (targetShape.Rank <= valuesShape.Rank && targetShape.Dimensions.SequenceEqual(valuesShape.Dimensions[^targetShape.Rank..]))
        {
            Reduction.SumRows(values, target, values.Length / target.Length, target.Length, workers, accumulate);
            return;
        }

        if (!accumulate)
        {
            target.Clear();
        }

        Span<int> strides = stackalloc int[valuesShape.Rank];
        Span<int> index = stackalloc int[valuesShape.Rank];
        Strides(targetShape, strides);
        index.Clear();
        int position = 0;
        foreach (T value in values)
        {
            target[position] += value;
            for (int axis = index.Length - 1; axis >= 0; axis--)
            {
                position += strides[axis];
                if (++index[axis] < valuesShape[axis])
                {
                    break;
                }

                position -= strides[axis] * index[axis];
                index[axis] = 0;
            }
        }
    }

    // As Shape.BroadcastStrides, without allocating.
    private static void Strides(Shape shape, Span<int> strides)
    {
        strides.Clear();
        int stride = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[axis + strides.Length - shape.Rank] = shape[axis] == 1 ? 0 : stride;
            stride *= shape[axis];
        }
    }
}
