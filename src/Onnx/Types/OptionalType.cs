namespace Toolkit.Onnx;

/// <summary>The type of a value that may be absent.</summary>
/// <param name="Element">The type of the value, where there is one: a tensor or a sequence.</param>
public sealed record OptionalType(OnnxType Element) : OnnxType
{
    /// <summary>As it is written in messages: <c>optional(float32 [N])</c>.</summary>
    public override string ToString() => $"optional({Element})";
}
