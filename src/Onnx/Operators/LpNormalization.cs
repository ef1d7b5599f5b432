namespace Toolkit.Onnx.Operators;

/// <summary>x divided by its norm along an axis. https://onnx.ai/onnx/operators/onnx__LpNormalization.html</summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
/// <param name="P">1 for Σ |x|, 2 for √(Σ x²).</param>
public sealed record LpNormalization(int Axis = -1, int P = 2) : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new LpNormalization(reader.Axis("axis", -1), reader.Int("p", 2) switch
    {
        1 => 1,
        2 => 2,
        long p => throw reader.Error($"expected 1 or 2 for attribute 'p', got {p}."),
    });

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("axis", Axis);
        writer.Int("p", P);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        base.Infer(context);
        if (context.Shape(0) is { } shape)
        {
            context.RequireAxis(Axis, shape.Rank);
        }
    }
}
