using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>
/// A value that goes into a model or comes out of it: <see cref="OnnxTensor"/>, <see cref="OnnxSequence"/>, <see cref="OnnxOptional"/> or
/// <see cref="OnnxMap"/>. Values do not change.
/// </summary>
public abstract class OnnxValue
{
    private protected OnnxValue()
    {
    }

    /// <summary>Its type, as far as the value itself says it.</summary>
    public abstract OnnxType Type { get; }

    /// <summary>The bytes of the tensors in it, each counted as often as it is there; text counts as references.</summary>
    public abstract long Bytes { get; }

    /// <summary>A tensor as a value.</summary>
    public static implicit operator OnnxValue(Tensor tensor) => FromTensor(tensor);

    /// <summary>A tensor as a value.</summary>
    public static OnnxValue FromTensor(Tensor tensor) => new OnnxTensor(tensor);
}
