using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>y = (x - offset) · scale, one number for everything or one for each feature (the last axis). The result is float32. https://onnx.ai/onnx/operators/onnx_aionnxml_Scaler.html</summary>
/// <param name="Offset">What is subtracted; null is 0.</param>
/// <param name="Scale">The factors; null is 1.</param>
public sealed record Scaler(ValueList<float>? Offset = null, ValueList<float>? Scale = null) : ClassicOperator
{
    internal static Operator Read(AttributeReader reader) => new Scaler(ReadFloats(reader, "offset"), ReadFloats(reader, "scale"));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        Write(writer, "offset", Offset);
        Write(writer, "scale", Scale);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.Numeric);
        foreach (ValueList<float>? list in new[] { Offset, Scale })
        {
            FeatureLists.Require(context, list?.Count, list == Offset ? "offset" : "scale");
        }

        context.SetOutput(0, ElementType.Float32, context.Shape(0));
    }
}
