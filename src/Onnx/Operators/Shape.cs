using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>The sizes of x's axes from start to end (exclusive), int64 [k]. https://onnx.ai/onnx/operators/onnx__Shape.html</summary>
/// <param name="Start">The first axis; negative counts from the end, and beyond either end is that end.</param>
/// <param name="End">The axis after the last; null is the rank.</param>
public sealed record Shape(long Start = 0, long? End = null) : Operator
{
    /// <summary>The opset that brought <c>start</c> and <c>end</c>.</summary>
    private const int RangeSince = 15;

    internal static Operator Read(AttributeReader reader) => reader.Opset < RangeSince
        ? new Shape()
        : new Shape(reader.Int("start", 0), reader.Has("end") ? reader.Int("end", 0) : null);

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset >= RangeSince)
        {
            if (End is { } end)
            {
                writer.Int("end", end);
            }

            writer.Int("start", Start);
        }
        else if (Start != 0 || End is not null)
        {
            throw writer.Error($"start and end need opset {RangeSince}, got {writer.Opset}; write a newer opset.");
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        if (context.Shape(0) is not { } shape)
        {
            context.SetOutput(0, ElementType.Int64, new SymbolicShape(Dimension.Unknown));
            return;
        }

        int start = Clamp(Start, shape.Rank);
        int end = Math.Max(start, Clamp(End ?? shape.Rank, shape.Rank));
        context.SetOutput(0, ElementType.Int64, new SymbolicShape(end - start));
        var elements = new SymbolicInteger[end - start];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = new SymbolicInteger(shape[start + i]);
        }

        context.SetElements(0, elements);
    }

    private static int Clamp(long axis, int rank) => (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
}
