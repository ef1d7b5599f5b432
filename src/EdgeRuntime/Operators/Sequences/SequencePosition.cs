using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A position in a sequence that a model gives at run time.</summary>
internal static class SequencePosition
{
    /// <summary>Reads a position, which may count from the end.</summary>
    /// <param name="position">One integer.</param>
    /// <param name="count">The number of elements.</param>
    /// <param name="last">The greatest position that is allowed: <paramref name="count"/> where something is inserted.</param>
    /// <param name="node">The node.</param>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public static int Read(Tensor position, int count, int last, NodeContext node)
    {
        long given = position.Length == 1 && IntegerInput.Accepts(position.ElementType) ? IntegerInput.Read(position, 0)
            : throw node.BadValue($"expected one int32 or int64 as position, got {position.ElementType} {position.Shape}.");
        long normal = given < 0 ? given + count : given;
        return normal >= 0 && normal <= last ? (int)normal
            : throw node.BadValue($"expected a position from -{count} to {last} in a sequence of {count} elements, got {given}.");
    }
}
