namespace Toolkit.Onnx.Operators;

/// <summary>What an optional holds; a tensor or a sequence itself. It is an error where there is nothing. https://onnx.ai/onnx/operators/onnx__OptionalGetElement.html</summary>
public sealed record OptionalGetElement : SequenceOperator
{
    internal static Operator Read(AttributeReader reader) => new OptionalGetElement();

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        OnnxType type = context.ValueType(0)!;
        context.SetOutput(0, type is OptionalType optional ? optional.Element : type);
    }
}
