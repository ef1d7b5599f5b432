using Toolkit.Numerics;

namespace Toolkit.Onnx;

/// <summary>The type of a table from keys to values.</summary>
/// <param name="Key">The type of the keys: an integer type or text.</param>
/// <param name="Value">The type of the values.</param>
public sealed record MapType(ElementType Key, OnnxType Value) : OnnxType
{
    /// <summary>As it is written in messages: <c>map(int64, float32)</c>.</summary>
    public override string ToString() => $"map({ElementTypes.Find(Key)?.Name ?? "?"}, {Value})";
}
