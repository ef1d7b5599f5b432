using Toolkit.Numerics;

namespace Toolkit.Onnx.Inference;

/// <summary>What is known of one value: type, shape, and its elements where it is a constant or describes a shape.</summary>
internal sealed class InferredValue
{
    /// <summary>More elements than any rank or list of axes has are not tracked one by one.</summary>
    private const int MaxElements = 256;

    public InferredValue(ElementType type, SymbolicShape? shape)
    {
        Type = type;
        Shape = shape;
    }

    public InferredValue(Tensor constant)
        : this(constant.ElementType, SymbolicShape.From(constant.Shape))
    {
        Constant = constant;
        if (constant.Shape.Rank <= 1 && constant.Length <= MaxElements && Integers.Of(constant) is { } values)
        {
            Elements = Array.ConvertAll(values, value => new SymbolicInteger(value));
        }
    }

    public ElementType Type { get; }

    public SymbolicShape? Shape { get; }

    public Tensor? Constant { get; private init; }

    public IReadOnlyList<SymbolicInteger>? Elements { get; private init; }

    /// <summary>The same value with known elements: a constant if all of them are numbers.</summary>
    public InferredValue WithElements(IReadOnlyList<SymbolicInteger> elements)
    {
        if (elements.Count > MaxElements || Type is not (ElementType.Int64 or ElementType.Int32) || Shape?.ElementCount != elements.Count)
        {
            return this;
        }

        return new InferredValue(Type, Shape) { Elements = elements, Constant = elements.All(element => element.Value is not null) ? Materialize(elements) : null };
    }

    private Tensor? Materialize(IReadOnlyList<SymbolicInteger> elements)
    {
        Shape shape = Shape!.Rank == 0 ? [] : [elements.Count];
        long[] values = [.. elements.Select(element => element.Value!.Value)];
        return Type == ElementType.Int64 ? Tensor.From(shape, values)
            : Array.TrueForAll(values, value => value is >= int.MinValue and <= int.MaxValue) ? Tensor.From(shape, Array.ConvertAll(values, value => (int)value))
            : null;
    }
}
