using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Which axes of a shape a reduction takes together. Neighbouring axes that are reduced together, or kept together, become one.
/// </summary>
internal static class ReducedAxes
{
    /// <summary>The greatest number of axes that are left: room for the lists that <see cref="Collapse"/> fills.</summary>
    public const int MaxRank = Shape.MaxRank + 1;

    /// <summary>Marks the axes that the node's input 1 names, or all or none of them where it names none.</summary>
    /// <exception cref="ArgumentException">An axis is not one of the shape.</exception>
    public static void Mark(in KernelArguments arguments, Shape shape, bool noopWithEmptyAxes, NodeContext node, Span<bool> reduced)
    {
        reduced.Clear();
        int named = arguments.HasInput(1) ? arguments.InputTensor(1).Length : 0;
        if (named == 0)
        {
            reduced.Fill(!noopWithEmptyAxes);
        }

        for (int i = 0; i < named; i++)
        {
            long axis = IntegerInput.Read(arguments.InputTensor(1), i);
            if (axis < -shape.Rank || axis >= shape.Rank)
            {
                throw node.BadValue($"expected axes from -{shape.Rank} to {shape.Rank - 1} for data {shape}, got {axis}.");
            }

            reduced[(int)(axis < 0 ? axis + shape.Rank : axis)] = true;
        }
    }

    /// <summary>Checks that what is left is the result that memory was taken for: axes that only the run knows may name one twice.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void RequireLength(Shape shape, ReadOnlySpan<bool> reduced, int length, NodeContext node)
    {
        long left = 1;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            left *= reduced[axis] ? 1 : shape[axis];
        }

        if (left != length)
        {
            throw node.BadValue($"expected axes that leave {length} elements of data {shape}, got ones that leave {left}; an axis is named twice.");
        }
    }

    /// <summary>Fills the sizes of the axes that are left, and their strides in the result: 0 for a reduced one.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="reduced">Its axes that are reduced.</param>
    /// <param name="sizes">The sizes.</param>
    /// <param name="strides">The strides.</param>
    /// <param name="count">How many elements become one.</param>
    /// <returns>The number of axes that are left, 1 at least.</returns>
    public static int Collapse(Shape shape, ReadOnlySpan<bool> reduced, Span<int> sizes, Span<int> strides, out int count)
    {
        int rank = 0;
        bool last = false;
        count = 1;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            count *= reduced[axis] ? shape[axis] : 1;
            if (rank > 0 && reduced[axis] == last)
            {
                sizes[rank - 1] *= shape[axis];
                continue;
            }

            last = reduced[axis];
            sizes[rank] = shape[axis];
            strides[rank++] = last ? 0 : 1;
        }

        if (rank == 0)
        {
            sizes[0] = 1;
            strides[0] = 1;
            rank = 1;
        }

        int stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            if (strides[axis] != 0)
            {
                strides[axis] = stride;
                stride *= sizes[axis];
            }
        }

        return rank;
    }
}
