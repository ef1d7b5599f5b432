using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A factor or summand that broadcasts to data whose rows are normalised: the axes of the data from one on are a row.</summary>
internal static class RowParameter
{
    /// <summary>Whether the parameter is the same for all rows.</summary>
    public static bool IsSameForRows(Shape parameter, Shape data, int axis) =>
        parameter.Rank <= data.Rank - axis || parameter.LengthOf(..^(data.Rank - axis)) == 1;

    /// <summary>The elements of scratch memory that the parameter takes: none where it is a row as it stands.</summary>
    public static int ScratchLength(Shape parameter, Shape data, int axis) => !IsSameForRows(parameter, data, axis) ? data.Length
        : parameter.Length == data.LengthOf(axis..) ? 0
        : data.LengthOf(axis..);

    /// <summary>The parameter of one row, or, where it differs from row to row, of the whole data.</summary>
    public static ReadOnlySpan<T> Read<T>(ReadOnlySpan<T> values, Shape parameter, Shape data, int axis, Span<T> scratch)
    {
        int length = ScratchLength(parameter, data, axis);
        if (length == 0)
        {
            return values;
        }

        Span<int> strides = stackalloc int[Shape.MaxRank];
        int rank = Math.Max(data.Rank, parameter.Rank);
        BroadcastLoop.FillStrides(parameter, rank, strides);
        int first = length == data.Length ? 0 : axis;
        StridedCopy.Run(values, 0, strides[first..data.Rank], data.Dimensions[first..], scratch[..length]);
        return scratch[..length];
    }
}
