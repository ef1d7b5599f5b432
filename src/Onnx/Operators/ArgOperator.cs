using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>The index of an extreme element along an axis, int64.</summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
/// <param name="KeepDims">Whether the axis stays, with size 1.</param>
/// <param name="SelectLastIndex">Whether the last of equal elements is taken rather than the first.</param>
public abstract record ArgOperator(int Axis, bool KeepDims, bool SelectLastIndex) : Operator
{
    /// <summary>The opset that brought <c>select_last_index</c>.</summary>
    private const int SelectLastIndexSince = 12;

    /// <summary>Reads the form of any opset.</summary>
    private protected static T Read<T>(AttributeReader reader, Func<int, bool, bool, T> create)
        where T : ArgOperator => create(
            reader.Axis("axis", 0),
            reader.Flag("keepdims", true),
            reader.Opset >= SelectLastIndexSince && reader.Flag("select_last_index", false));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("axis", Axis);
        writer.Flag("keepdims", KeepDims);
        if (writer.Opset >= SelectLastIndexSince)
        {
            writer.Flag("select_last_index", SelectLastIndex);
        }
        else if (SelectLastIndex)
        {
            throw writer.Error($"select_last_index needs opset {SelectLastIndexSince}, got {writer.Opset}; write a newer opset.");
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.Numeric);
        if (context.Shape(0) is not { } shape)
        {
            context.SetOutput(0, ElementType.Int64, null);
            return;
        }

        int axis = context.RequireAxis(Axis, shape.Rank);
        Dimension[] before = shape.Dimensions[..axis].ToArray();
        Dimension[] after = shape.Dimensions[(axis + 1)..].ToArray();
        context.SetOutput(0, ElementType.Int64, KeepDims ? new SymbolicShape([.. before, 1, .. after]) : new SymbolicShape([.. before, .. after]));
    }
}
