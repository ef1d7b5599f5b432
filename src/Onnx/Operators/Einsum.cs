namespace Toolkit.Onnx.Operators;

/// <summary>A sum of products of the operands' elements, by Einstein's notation. https://onnx.ai/onnx/operators/onnx__Einsum.html</summary>
/// <param name="Equation">The terms of the operands and of the result: <c>bij,bjk->bik</c>.</param>
public sealed record Einsum(string Equation) : Operator
{
    internal static Operator Read(AttributeReader reader) => new Einsum(
        reader.Has("equation") ? reader.String("equation", "") : throw reader.Error("expected attribute 'equation', which is not optional."));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.String("equation", Equation);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, int.MaxValue);
        int[] inputs = [.. Enumerable.Range(0, context.InputCount)];
        foreach (int input in inputs)
        {
            context.RequireType(input, ElementTypeSet.Numeric);
        }

        context.SetOutput(0, context.RequireSameType(inputs), InferShape(context, [.. inputs.Select(context.Shape)]));
    }

    private SymbolicShape? InferShape(InferenceContext context, SymbolicShape?[] shapes)
    {
        if (Array.Exists(shapes, shape => shape is null))
        {
            return null;
        }

        EinsumEquation equation;
        try
        {
            equation = EinsumEquation.Parse(Equation, [.. shapes.Select(shape => shape!.Rank)]);
        }
        catch (FormatException exception)
        {
            throw context.Error($"{exception.Message}.");
        }

        var sizes = new Dictionary<int, Dimension>();
        for (int operand = 0; operand < shapes.Length; operand++)
        {
            for (int axis = 0; axis < shapes[operand]!.Rank; axis++)
            {
                int label = equation.Operands[operand][axis];
                Dimension size = shapes[operand]![axis];
                sizes[label] = !sizes.TryGetValue(label, out Dimension known) || known.Size == 1 ? size
                    : size.Size == 1 ? known
                    : context.Unify(known, size, $"a label of '{Equation}'");
            }
        }

        return new SymbolicShape([.. equation.Result.Select(label => sizes[label])]);
    }
}
