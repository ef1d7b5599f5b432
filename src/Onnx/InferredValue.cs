using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>What is known of one value: type, shape, and its elements where it is a constant or describes a shape.</summary>
public sealed class InferredValue
{
    /// <summary>More elements than any rank or list of axes has are not tracked one by one.</summary>
    private const int MaxElements = 256;

    /// <summary>A value of which type and shape are known as far as given.</summary>
    public InferredValue(ElementType type, SymbolicShape? shape)
    {
        Type = type;
        Shape = shape;
    }

    /// <summary>A value of any type.</summary>
    public InferredValue(OnnxType type)
        : this((type as TensorType)?.ElementType ?? ElementType.Undefined, (type as TensorType)?.Shape) => Container = type is TensorType ? null : type;

    /// <summary>A constant.</summary>
    public InferredValue(Tensor constant)
        : this(constant.ElementType, SymbolicShape.From(constant.Shape))
    {
        Constant = constant;
        if (constant.Shape.Rank <= 1 && constant.Length <= MaxElements && Integers.Of(constant) is { } values)
        {
            Elements = Array.ConvertAll(values, value => new SymbolicInteger(value));
        }
    }

    /// <summary>A tensor's element type; <see cref="ElementType.Undefined"/> where it is not known or the value is no tensor.</summary>
    public ElementType Type { get; }

    /// <summary>A tensor's shape; null where not even the rank is known or the value is no tensor.</summary>
    public SymbolicShape? Shape { get; }

    /// <summary>The type of a value that is no tensor: a sequence, an optional or a map; null for a tensor.</summary>
    public OnnxType? Container { get; }

    /// <summary>The value's type.</summary>
    public OnnxType OnnxType => Container ?? new TensorType(Type, Shape);

    /// <summary>The value, where it is known whatever the graph's inputs hold; null otherwise.</summary>
    public Tensor? Constant { get; private init; }

    /// <summary>The elements of an integer value of rank 0 or 1, each as far as it is known; null where it is not tracked.</summary>
    public IReadOnlyList<SymbolicInteger>? Elements { get; private init; }

    /// <summary>The same type and shape without what is known of the elements: a value that is another each time.</summary>
    public InferredValue WithoutElements() => Container is null ? new InferredValue(Type, Shape) : this;

    /// <summary>The same value with known elements: a constant if all of them are numbers.</summary>
    internal InferredValue WithElements(IReadOnlyList<SymbolicInteger> elements)
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
