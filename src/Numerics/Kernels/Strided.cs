using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Moves elements between two layouts: what transposing, padding, slicing, joining, repeating and summing along axes have in common.
/// The order of additions depends on the axes alone. Allocates nothing.
/// </summary>
public static class Strided
{
    /// <summary>destination[d(i)] = source[s(i)] for every step i; where a destination has stride 0, the last step's element stays.</summary>
    /// <param name="source">The elements; the walk begins at the first.</param>
    /// <param name="destination">Where they go; the walk begins at the first.</param>
    /// <param name="axes">The walk.</param>
    public static void Copy<T>(ReadOnlySpan<T> source, Span<T> destination, in StridedAxes axes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Walk(source, destination, axes, false);

    /// <summary>destination[d(i)] += source[s(i)] for every step i.</summary>
    /// <inheritdoc cref="Copy"/>
    public static void Add<T>(ReadOnlySpan<T> source, Span<T> destination, in StridedAxes axes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Walk(source, destination, axes, true);

    private static void Walk<T>(ReadOnlySpan<T> source, Span<T> destination, in StridedAxes axes, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (axes.Length == 0)
        {
            return;
        }

        Span<int> index = stackalloc int[Shape.MaxRank];
        index.Clear();
        bool hasRows = axes.Count > 0;
        int count = hasRows ? axes.Size(0) : 1;
        int sourceStep = hasRows ? axes.SourceStride(0) : 1;
        int destinationStep = hasRows ? axes.DestinationStride(0) : 1;
        int from = 0;
        int to = 0;
        for (int row = axes.Length / count; row > 0; row--)
        {
            if (accumulate)
            {
                AddRow(source[from..], sourceStep, destination[to..], destinationStep, count);
            }
            else
            {
                CopyRow(source[from..], sourceStep, destination[to..], destinationStep, count);
            }

            for (int axis = 1; axis < axes.Count; axis++)
            {
                from += axes.SourceStride(axis);
                to += axes.DestinationStride(axis);
                if (++index[axis] < axes.Size(axis))
                {
                    break;
                }

                from -= axes.SourceStride(axis) * index[axis];
                to -= axes.DestinationStride(axis) * index[axis];
                index[axis] = 0;
            }
        }
    }

    private static void CopyRow<T>(ReadOnlySpan<T> source, int sourceStep, Span<T> destination, int destinationStep, int count)
        where T : unmanaged
    {
        if (destinationStep == 1 && sourceStep == 1)
        {
            source[..count].CopyTo(destination);
        }
        else if (destinationStep == 1 && sourceStep == 0)
        {
            destination[..count].Fill(source[0]);
        }
        else
        {
            int from = 0;
            int to = 0;
            for (int i = 0; i < count; i++)
            {
                destination[to] = source[from];
                from += sourceStep;
                to += destinationStep;
            }
        }
    }

    private static void AddRow<T>(ReadOnlySpan<T> source, int sourceStep, Span<T> destination, int destinationStep, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (destinationStep == 1 && sourceStep == 1)
        {
            ElementWise.Binary(default(Add), destination[..count], source[..count], destination[..count], WorkerPool.Serial);
        }
        else if (destinationStep == 1 && sourceStep == 0)
        {
            ElementWise.Unary(new Affine(1, double.CreateTruncating(source[0])), destination[..count], destination[..count], WorkerPool.Serial);
        }
        else if (destinationStep == 0 && sourceStep == 1)
        {
            destination[0] += Reduction.Sum(source[..count]);
        }
        else
        {
            int from = 0;
            int to = 0;
            for (int i = 0; i < count; i++)
            {
                destination[to] += source[from];
                from += sourceStep;
                to += destinationStep;
            }
        }
    }
}
