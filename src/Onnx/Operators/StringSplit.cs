using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Each text of x cut at every delimiter. Outputs: the parts, [x's shape, greatest number of parts], filled up with empty texts, and the number of parts of each text, int64 of x's shape.
/// https://onnx.ai/onnx/operators/onnx__StringSplit.html
/// </summary>
/// <param name="Delimiter">Where a text is cut. Empty: at every run of white space, and none at the ends counts.</param>
/// <param name="MaxSplit">The cuts at most, from the left; the last part is the rest. Null or negative: no limit.</param>
public sealed record StringSplit(string Delimiter = "", long? MaxSplit = null) : Operator
{
    internal static Operator Read(AttributeReader reader) => new StringSplit(reader.String("delimiter", ""), reader.Has("maxsplit") ? reader.Int("maxsplit", 0) : null);

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.String("delimiter", Delimiter);
        if (MaxSplit is { } cuts)
        {
            writer.Int("maxsplit", cuts);
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.String);
        context.SetOutput(0, ElementType.String, context.Shape(0) is not { } x ? null : new SymbolicShape([.. x.Dimensions, Dimension.Unknown]));
        context.SetOutput(1, ElementType.Int64, context.Shape(0));
    }
}
