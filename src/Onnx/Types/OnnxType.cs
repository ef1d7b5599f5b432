using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>
/// The type of a value in a graph (<c>TypeProto</c>): a tensor, or one of the types that hold others: <see cref="SequenceType"/>,
/// <see cref="OptionalType"/>, <see cref="MapType"/>.
/// </summary>
public abstract record OnnxType
{
    /// <summary>Whether a value of this type can stand where <paramref name="expected"/> is expected, as far as both are known.</summary>
    /// <remarks>What an optional may hold stands for the optional that holds it. Shapes are not compared.</remarks>
    public bool Fits(OnnxType expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        return (this, expected) switch
        {
            (TensorType a, TensorType b) => a.ElementType == ElementType.Undefined || b.ElementType == ElementType.Undefined || a.ElementType == b.ElementType,
            (SequenceType a, SequenceType b) => a.Element.Fits(b.Element),
            (OptionalType a, OptionalType b) => a.Element.Fits(b.Element),
            (_, OptionalType b) => Fits(b.Element),
            (MapType a, MapType b) => a.Key == b.Key && a.Value.Fits(b.Value),
            _ => false,
        };
    }
}
