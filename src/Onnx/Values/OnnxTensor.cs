using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>A tensor among <see cref="OnnxValue"/>s.</summary>
public sealed class OnnxTensor : OnnxValue
{
    /// <summary>Wraps a tensor, which is not copied.</summary>
    public OnnxTensor(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Tensor = tensor;
    }

    /// <summary>The tensor.</summary>
    public Tensor Tensor { get; }

    /// <inheritdoc/>
    public override OnnxType Type => new TensorType(Tensor.ElementType, SymbolicShape.From(Tensor.Shape));

    /// <inheritdoc/>
    public override long Bytes => (long)Tensor.Length * Math.Max(1, ElementTypes.Get(Tensor.ElementType).Size);

    /// <summary>As it is written in messages: <c>float32 [2,3]</c>.</summary>
    public override string ToString() => $"{ElementTypes.Get(Tensor.ElementType).Name} {Tensor.Shape}";
}
