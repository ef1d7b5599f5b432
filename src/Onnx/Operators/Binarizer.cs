namespace Toolkit.Onnx.Operators;

/// <summary>y = 1 where x is above a threshold, 0 elsewhere. https://onnx.ai/onnx/operators/onnx_aionnxml_Binarizer.html</summary>
/// <param name="Threshold">The threshold.</param>
public sealed record Binarizer(float Threshold = 0) : ClassicOperator
{
    internal static Operator Read(AttributeReader reader) => new Binarizer(reader.Float("threshold", 0));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Float("threshold", Threshold);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.Numeric);
        context.SetOutput(0, context.Type(0), context.Shape(0));
    }
}
