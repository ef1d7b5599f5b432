using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>The name and type of a value: a graph's input or output, or a node's result.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="ElementType">A tensor's element type; <see cref="ElementType.Undefined"/> where it is not known or the value is no tensor.</param>
/// <param name="Shape">A tensor's shape; null where even the rank is not known or the value is no tensor.</param>
public sealed record ValueInfo(string Name, ElementType ElementType, SymbolicShape? Shape)
{
    /// <summary>Makes the description of a value of any type.</summary>
    public ValueInfo(string name, OnnxType type)
        : this(name, (type as TensorType)?.ElementType ?? ElementType.Undefined, (type as TensorType)?.Shape) => Container = type is TensorType ? null : type;

    /// <summary>The type of a value that is no tensor: a sequence, an optional or a map; null for a tensor.</summary>
    public OnnxType? Container { get; init; }

    /// <summary>The value's type.</summary>
    public OnnxType Type => Container ?? new TensorType(ElementType, Shape);

    /// <summary>As it is written in messages: <c>x float32 [N,784]</c>.</summary>
    public override string ToString() => $"{Name} {Type}";
}
