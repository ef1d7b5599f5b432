using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>A tensor that compares by type, shape and elements: an attribute of operator records.</summary>
/// <param name="Tensor">The tensor.</param>
public readonly record struct TensorValue(Tensor Tensor)
{
    /// <inheritdoc/>
    public bool Equals(TensorValue other) => Tensor.ElementType == other.Tensor.ElementType && Tensor.Shape == other.Tensor.Shape
        && (Tensor is Tensor<string> strings ? strings.Span.SequenceEqual(other.Tensor.As<string>().Span) : Tensor.Bytes.SequenceEqual(other.Tensor.Bytes));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Tensor.ElementType, Tensor.Shape);
}
