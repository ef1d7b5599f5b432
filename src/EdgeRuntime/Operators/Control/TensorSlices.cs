using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Slices of tensors of any element type along an axis.</summary>
internal static class TensorSlices
{
    /// <summary>Tensors of one shape joined along a new axis.</summary>
    /// <exception cref="ArgumentException">The shapes differ, or the result takes more than <paramref name="budget"/> bytes.</exception>
    public static Tensor Stack(IReadOnlyList<Tensor> slices, int axis, long budget, NodeContext node)
    {
        Tensor first = slices[0];
        foreach (Tensor slice in slices)
        {
            if (slice.Shape != first.Shape)
            {
                throw node.BadValue($"expected results of one shape, got {first.Shape} and {slice.Shape}.");
            }
        }

        long bytes = (long)first.Length * slices.Count * Math.Max(1, ElementTypes.Get(first.ElementType).Size);
        if (bytes > budget || (long)first.Length * slices.Count > int.MaxValue)
        {
            throw node.BadValue($"{slices.Count} results of shape {first.Shape} take {bytes} bytes, more than the run has left of OnnxLimits.MaxPlanBytes.");
        }

        ReadOnlySpan<int> dimensions = first.Shape.Dimensions;
        Tensor joined = Tensor.Create(first.ElementType, new Shape([.. dimensions[..axis], slices.Count, .. dimensions[axis..]]));
        for (int i = 0; i < slices.Count; i++)
        {
            Put(slices[i], joined, axis, i);
        }

        return joined;
    }

    /// <summary>Writes a slice, which lacks the axis, to its place along the axis.</summary>
    public static void Put(Tensor slice, Tensor whole, int axis, int index) => Put(slice, whole, axis, index, 1);

    /// <summary>Writes a part to its place along an axis.</summary>
    public static void PutRange(Tensor part, Tensor whole, int axis, int start) => Put(part, whole, axis, start, part.Shape[axis]);

    /// <summary>Reads a slice, which lacks the axis, from its place along the axis.</summary>
    public static void Take(Tensor whole, Tensor slice, int axis, int index) => Take(whole, slice, axis, index, 1);

    /// <summary>Reads a part from its place along an axis.</summary>
    public static void TakeRange(Tensor whole, Tensor part, int axis, int start) => Take(whole, part, axis, start, part.Shape[axis]);

    /// <summary>A slice as a tensor of its own.</summary>
    public static Tensor Take(Tensor whole, int axis, int index)
    {
        Tensor slice = Tensor.Create(whole.ElementType, Without(whole.Shape, axis));
        Take(whole, slice, axis, index);
        return slice;
    }

    /// <summary>The output of a node that is joined of no slices: as much of its shape as is known before the run; an axis that is not known is empty.</summary>
    public static Tensor Empty(NodeContext node, int output)
    {
        SymbolicShape? shape = node.OutputShape(output);
        var dimensions = new int[shape?.Rank ?? 1];
        bool isEmpty = shape is null || !shape.IsKnown || shape.ElementCount == 0;
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            dimensions[axis] = (int)Math.Min(shape?[axis].Size ?? 0, int.MaxValue);
        }

        if (!isEmpty)
        {
            dimensions[0] = 0;
        }

        ElementType type = node.OutputType(output);
        return Tensor.Create(type == ElementType.Undefined ? ElementType.Float32 : type, new Shape(dimensions));
    }

    /// <summary>A shape without one of its axes.</summary>
    public static Shape Without(Shape shape, int axis) => new([.. shape.Dimensions[..axis], .. shape.Dimensions[(axis + 1)..]]);

    private static void Put(Tensor part, Tensor whole, int axis, int start, int count)
    {
        int outer = whole.Shape.LengthOf(..axis);
        int inner = whole.Shape.LengthOf((axis + 1)..);
        int row = whole.Shape[axis] * inner;
        if (whole is Tensor<string> texts)
        {
            Put<string>(part.As<string>().Span, texts.Span, outer, row, count * inner, start * inner);
            return;
        }

        int size = ElementTypes.Get(whole.ElementType).Size;
        Put<byte>(part.Bytes, whole.Bytes, outer, row * size, count * inner * size, start * inner * size);
    }

    private static void Take(Tensor whole, Tensor part, int axis, int start, int count)
    {
        int outer = whole.Shape.LengthOf(..axis);
        int inner = whole.Shape.LengthOf((axis + 1)..);
        int row = whole.Shape[axis] * inner;
        if (whole is Tensor<string> texts)
        {
            Take<string>(texts.Span, part.As<string>().Span, outer, row, count * inner, start * inner);
            return;
        }

        int size = ElementTypes.Get(whole.ElementType).Size;
        Take<byte>(whole.Bytes, part.Bytes, outer, row * size, count * inner * size, start * inner * size);
    }

    private static void Put<T>(ReadOnlySpan<T> slice, Span<T> whole, int outer, int row, int inner, int offset)
    {
        for (int block = 0; block < outer; block++)
        {
            slice.Slice(block * inner, inner).CopyTo(whole[((block * row) + offset)..]);
        }
    }

    private static void Take<T>(ReadOnlySpan<T> whole, Span<T> slice, int outer, int row, int inner, int offset)
    {
        for (int block = 0; block < outer; block++)
        {
            whole.Slice((block * row) + offset, inner).CopyTo(slice[(block * inner)..]);
        }
    }
}
