using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// The k greatest or least elements along an axis, of equal ones the first. Inputs: x, k (int64 [1]; an attribute before opset 10, which is
/// a constant input here). Outputs: values, indices (int64). https://onnx.ai/onnx/operators/onnx__TopK.html
/// </summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
/// <param name="Largest">Whether the greatest are taken.</param>
/// <param name="Sorted">Whether they have to be in order, the most extreme first.</param>
public sealed record TopK(int Axis = -1, bool Largest = true, bool Sorted = true) : Operator
{
    private const int CountInputSince = 10;
    private const int LargestSince = 11;

    internal static Operator Read(AttributeReader reader)
    {
        if (reader.Opset < CountInputSince)
        {
            reader.SetInput(1, "k", Tensor.Vector(reader.Has("k") ? reader.Int("k", 0) : throw reader.Error("expected attribute 'k', which is not optional.")));
        }

        bool choice = reader.Opset >= LargestSince;
        return new TopK(reader.Axis("axis", -1), !choice || reader.Flag("largest", true), !choice || reader.Flag("sorted", true));
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("axis", Axis);
        if (writer.Opset >= LargestSince)
        {
            writer.Flag("largest", Largest);
            writer.Flag("sorted", Sorted);
        }
        else if (!Largest || !Sorted)
        {
            throw writer.Error($"largest and sorted need opset {LargestSince}, got {writer.Opset}; write a newer opset.");
        }

        if (writer.Opset < CountInputSince)
        {
            writer.Int("k", ScalarConstant.Integer(writer.TakeInput(1)) ?? throw writer.Error("expected one constant integer for 'k'."));
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(0, ElementTypeSet.Numeric);
        context.RequireType(1, ElementTypeSet.Signed);
        if (context.Shape(1)?.ElementCount is { } elements and not 1)
        {
            throw context.Error($"expected one number of elements, got {context.Shape(1)}.");
        }

        SymbolicShape? result = null;
        if (context.Shape(0) is { } shape)
        {
            int axis = context.RequireAxis(Axis, shape.Rank);
            Dimension count = Dimension.Unknown;
            if (context.Elements(1) is [var element])
            {
                count = element.Value < 0 || (element.Value is { } known && shape[axis].Size is { } size && known > size)
                    ? throw context.Error($"expected 0 to {shape[axis]} elements of axis {axis} of {shape}, got {element}.")
                    : element.ToDimension();
            }

            result = new SymbolicShape([.. shape.Dimensions[..axis], count, .. shape.Dimensions[(axis + 1)..]]);
        }

        context.SetOutput(0, context.Type(0), result);
        context.SetOutput(1, ElementType.Int64, result);
    }
}
