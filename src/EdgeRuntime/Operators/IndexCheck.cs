using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Checks the indices that a run brings.</summary>
internal static class IndexCheck
{
    /// <summary>The index in [0, size of the axis); a negative one counts from the end.</summary>
    /// <exception cref="ArgumentException">It is outside of the axis.</exception>
    public static int Normalize(long index, Shape data, int axis, NodeContext node)
    {
        int size = data[axis];
        return index >= -size && index < size
            ? (int)(index < 0 ? index + size : index)
            : throw node.BadValue($"expected indices from -{size} to {size - 1} on axis {axis} of data {data}, got {index}.");
    }
}
