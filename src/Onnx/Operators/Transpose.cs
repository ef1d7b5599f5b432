namespace Toolkit.Onnx.Operators;

/// <summary>x with its axes in another order: axis i of y is axis perm[i] of x. https://onnx.ai/onnx/operators/onnx__Transpose.html</summary>
/// <param name="Perm">The order; null reverses the axes.</param>
public sealed record Transpose(IntList? Perm = null) : Operator
{
    internal static Operator Read(AttributeReader reader) => new Transpose(reader.Ints("perm"));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (Perm is not null)
        {
            writer.Ints("perm", Perm.Values);
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        if (Perm is not null && !Perm.Order().SequenceEqual(Enumerable.Range(0, Perm.Count).Select(axis => (long)axis)))
        {
            throw context.Error($"expected perm to be an order of the axes from 0 on, got {Perm}.");
        }

        if (context.Shape(0) is not { } shape)
        {
            context.SetOutput(0, context.Type(0), null);
            return;
        }

        if (Perm is not null && Perm.Count != shape.Rank)
        {
            throw context.Error($"expected perm to have an entry for each axis of {shape}, got {Perm}.");
        }

        var result = new Dimension[shape.Rank];
        for (int axis = 0; axis < result.Length; axis++)
        {
            result[axis] = shape[Perm is null ? shape.Rank - 1 - axis : (int)Perm[axis]];
        }

        context.SetOutput(0, context.Type(0), new SymbolicShape(result));
    }
}
