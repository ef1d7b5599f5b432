namespace Toolkit.Onnx.Operators;

/// <summary>
/// x broadcast together with a shape: an axis of size 1 stretches, on either side. Inputs: x, shape (int64 [k]).
/// https://onnx.ai/onnx/operators/onnx__Expand.html
/// </summary>
public sealed record Expand : Operator
{
    internal static Operator Read(AttributeReader reader) => new Expand();

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(1, ElementTypeSet.Signed);
        context.RequireRank(1, 1);
        SymbolicShape? result = null;
        if (context.Elements(1) is { } target)
        {
            if (target.Any(size => size.Value < 0))
            {
                throw context.Error($"expected sizes of 0 or more in the shape, got [{string.Join(',', target)}].");
            }

            var shape = new SymbolicShape([.. target.Select(size => size.ToDimension())]);
            result = context.Shape(0) is { } x ? context.Broadcast(x, shape) : null;
        }
        else if (context.Shape(0) is { } x && context.Shape(1) is { } list && list[0].Size is <= Numerics.Shape.MaxRank and { } rank)
        {
            result = new SymbolicShape(new Dimension[Math.Max(x.Rank, rank)]);
        }

        context.SetOutput(0, context.Type(0), result);
    }
}
