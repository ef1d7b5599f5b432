using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>y = whether the whole of each text of x matches a regular expression in RE2's syntax. https://onnx.ai/onnx/operators/onnx__RegexFullMatch.html</summary>
/// <param name="Pattern">The expression.</param>
public sealed record RegexFullMatch(string Pattern) : Operator
{
    internal static Operator Read(AttributeReader reader) => reader.Has("pattern")
        ? new RegexFullMatch(reader.String("pattern", ""))
        : throw reader.Error("expected attribute 'pattern', a regular expression.");

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.String("pattern", Pattern);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.String);
        context.SetOutput(0, ElementType.Bool, context.Shape(0));
    }
}
