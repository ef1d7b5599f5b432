namespace Toolkit.Onnx.Operators;

/// <summary>
/// The upper or lower triangle of matrices, 0 elsewhere. Inputs: x [..., M, N], k (optional, an int64 scalar): the diagonal that bounds
/// the triangle, positive above the main one. https://onnx.ai/onnx/operators/onnx__Trilu.html
/// </summary>
/// <param name="Upper">Whether it is the upper triangle.</param>
public sealed record Trilu(bool Upper = true) : Operator
{
    internal static Operator Read(AttributeReader reader) => new Trilu(reader.Flag("upper", true));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Flag("upper", Upper);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 2);
        context.RequireType(1, ElementTypeSet.Signed);
        if (context.Shape(0) is { Rank: < 2 } shape)
        {
            throw context.Error($"expected matrices, of rank 2 or more, got {shape}.");
        }

        if (context.Shape(1)?.ElementCount is { } count and not 1)
        {
            throw context.Error($"expected a scalar as input 1, got {context.Shape(1)}.");
        }

        context.SetOutput(0, context.Type(0), context.Shape(0));
    }
}
