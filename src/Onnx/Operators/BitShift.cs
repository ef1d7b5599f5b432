namespace Toolkit.Onnx.Operators;

/// <summary>C = A with its bits moved by B places; zeros move in. Of unsigned integers. https://onnx.ai/onnx/operators/onnx__BitShift.html</summary>
/// <param name="Left">Whether they move towards the greater bits (attribute <c>direction</c>).</param>
public sealed record BitShift(bool Left) : BroadcastOperator
{
    private static readonly string[] Directions = ["RIGHT", "LEFT"];

    internal static Operator Read(AttributeReader reader) => reader.Has("direction")
        ? new BitShift(TextChoice.Read(reader, "direction", 0, Directions) == 1)
        : throw reader.Error("expected attribute 'direction', which is not optional.");

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Unsigned;

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.String("direction", Directions[Left ? 1 : 0]);
}
