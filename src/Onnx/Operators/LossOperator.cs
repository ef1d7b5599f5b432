using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A loss of scores [N, C, D1, …] against the classes [N, D1, …] (int32 or int64) that should have been scored, weighted by class [C] (optional).
/// </summary>
/// <param name="Reduction">What becomes of the losses of all places.</param>
/// <param name="IgnoreIndex">The class whose places do not count, or null.</param>
public abstract record LossOperator(LossReduction Reduction, long? IgnoreIndex) : Operator
{
    private static readonly string[] Reductions = ["none", "sum", "mean"];

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (IgnoreIndex is { } index)
        {
            writer.Int("ignore_index", index);
        }

        writer.String("reduction", Reductions[(int)Reduction]);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 3);
        context.RequireType(0, ElementTypeSet.Floating);
        ElementType type = context.RequireSameType(0, 2);
        if (context.Type(1) is not (ElementType.Undefined or ElementType.Int32 or ElementType.Int64))
        {
            throw context.Error($"expected int32 or int64 for the classes (input 1), got {context.Type(1)}.");
        }

        context.RequireRank(2, 1);
        SymbolicShape? x = context.Shape(0);
        if (x is { Rank: < 2 })
        {
            throw context.Error($"expected scores of rank 2 or more ([N, C, D1, …]), got {x}.");
        }

        if (x is not null && context.Shape(1) is { } classes)
        {
            context.RequireRank(1, x.Rank - 1);
            for (int axis = 0; axis < classes.Rank; axis++)
            {
                context.RequireEqual(x[axis == 0 ? 0 : axis + 1], classes[axis], $"axis {axis} of the classes and the scores");
            }
        }

        if (x is not null && context.Shape(2) is { } weights)
        {
            context.RequireEqual(x[1], weights[0], "the classes of the scores and their weights");
        }

        context.SetOutput(
            0, type,
            Reduction != LossReduction.None ? new SymbolicShape()
            : context.Shape(1) ?? (x is null ? null : new SymbolicShape([x[0], .. x.Dimensions[2..]])));
        context.SetOutput(1, type, x);
    }

    /// <summary>Reads the attributes.</summary>
    private protected static (LossReduction Reduction, long? IgnoreIndex) ReadLoss(AttributeReader reader) =>
        ((LossReduction)TextChoice.Read(reader, "reduction", 2, Reductions), reader.Has("ignore_index") ? reader.Int("ignore_index", 0) : null);
}
