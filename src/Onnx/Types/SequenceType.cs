namespace Toolkit.Onnx;

/// <summary>The type of a list of values of one type.</summary>
/// <param name="Element">The type of its elements. Tensors among them may differ in shape.</param>
public sealed record SequenceType(OnnxType Element) : OnnxType
{
    /// <summary>As it is written in messages: <c>sequence(float32 [N])</c>.</summary>
    public override string ToString() => $"sequence({Element})";
}
