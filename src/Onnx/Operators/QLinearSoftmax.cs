namespace Toolkit.Onnx.Operators;

/// <summary>Softmax of a quantized tensor along an axis, quantized again, of the domain com.microsoft.</summary>
/// <param name="Axis">The axis; negative counts from the end.</param>
/// <param name="Opset">The opset of <c>ai.onnx</c> whose Softmax is meant: before 13, the axes from <paramref name="Axis"/> on are one.</param>
public sealed record QLinearSoftmax(int Axis = -1, int Opset = QLinearSoftmax.AxisOnlySince) : QLinearUnaryOperator
{
    /// <summary>The opset since which Softmax has one axis.</summary>
    public const int AxisOnlySince = 13;

    internal static Operator Read(AttributeReader reader)
    {
        long opset = reader.Has("opset") ? reader.Int("opset", AxisOnlySince) : throw reader.Error("expected attribute 'opset', which is not optional.");
        return opset is >= 1 and <= int.MaxValue ? new QLinearSoftmax(reader.Axis("axis", -1), (int)opset) : throw reader.Error($"expected 'opset' of 1 or more, got {opset}.");
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("axis", Axis);
        writer.Int("opset", Opset);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        if (context.Shape(0) is { } shape)
        {
            context.RequireAxis(Axis, shape.Rank);
        }

        base.Infer(context);
    }
}
