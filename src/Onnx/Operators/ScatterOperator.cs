namespace Toolkit.Onnx.Operators;

/// <summary>Data with some of its elements updated. Inputs: data, indices, updates.</summary>
/// <param name="Reduction">What becomes of an element to which an update goes.</param>
public abstract record ScatterOperator(ScatterReduction Reduction) : Operator
{
    /// <summary>The opset that brought <c>reduction</c>.</summary>
    private const int ReductionSince = 16;

    /// <summary>The opset that brought the reductions max and min.</summary>
    private const int ExtremesSince = 18;

    private static readonly string[] Names = ["none", "add", "mul", "max", "min"];

    /// <summary>Reads the reduction of any opset.</summary>
    private protected static ScatterReduction ReadReduction(AttributeReader reader) => reader.Opset < ReductionSince
        ? ScatterReduction.None
        : (ScatterReduction)TextChoice.Read(reader, "reduction", 0, reader.Opset < ExtremesSince ? Names.AsSpan(0, 3) : Names);

    /// <summary>Writes the reduction.</summary>
    private protected void WriteReduction(AttributeWriter writer)
    {
        int since = Reduction switch { ScatterReduction.None => 0, ScatterReduction.Max or ScatterReduction.Min => ExtremesSince, _ => ReductionSince };
        if (writer.Opset < since)
        {
            throw writer.Error($"reduction {Names[(int)Reduction]} needs opset {since}, got {writer.Opset}; write a newer opset.");
        }

        if (writer.Opset >= ReductionSince)
        {
            writer.String("reduction", Names[(int)Reduction]);
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(3, 3);
        context.RequireType(1, ElementTypeSet.Signed);
        RequireShapes(context);
        context.SetOutput(0, context.RequireSameType(0, 2), context.Shape(0));
    }

    /// <summary>Checks the shapes of the inputs against each other.</summary>
    private protected abstract void RequireShapes(InferenceContext context);
}
