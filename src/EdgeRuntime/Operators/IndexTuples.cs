using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Where the slices start that tuples of indices pick: GatherND and ScatterND.</summary>
internal static class IndexTuples
{
    /// <summary>The position in data, counted in slices, of the tuple that starts at element <paramref name="at"/> of the indices.</summary>
    /// <param name="indices">The indices.</param>
    /// <param name="at">The first of the tuple.</param>
    /// <param name="data">The shape of data.</param>
    /// <param name="first">The axis of data that the first index counts.</param>
    /// <param name="node">The node.</param>
    /// <exception cref="ArgumentException">An index is outside of its axis.</exception>
    public static int Resolve(Tensor indices, int at, Shape data, int first, NodeContext node)
    {
        int tuple = indices.Shape[^1];
        int position = 0;
        for (int i = 0; i < tuple; i++)
        {
            position = (position * data[first + i]) + IndexCheck.Normalize(IntegerInput.Read(indices, at + i), data, first + i, node);
        }

        return position;
    }
}
