using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>A tensor of random numbers.</summary>
/// <param name="DType">The element type; null is that of the input.</param>
/// <param name="Seed">The seed; null is one that the runtime picks.</param>
public abstract record RandomOperator(ElementType? DType, float? Seed) : Operator
{
    /// <summary>The element type that the attribute <c>dtype</c> names; null where it is absent.</summary>
    private protected static ElementType? ReadType(AttributeReader reader) =>
        reader.Has("dtype") ? reader.ElementType("dtype", ElementType.Undefined) : null;

    /// <summary>The seed; null where it is absent.</summary>
    private protected static float? ReadSeed(AttributeReader reader) => reader.Has("seed") ? reader.Float("seed", 0) : null;

    /// <summary>The shape that the attribute <c>shape</c> names.</summary>
    private protected static IntList ReadShape(AttributeReader reader) =>
        reader.Ints("shape") ?? throw reader.Error("expected attribute 'shape', which is not optional.");

    /// <summary>Writes the element type where it is not the input's.</summary>
    private protected void WriteType(AttributeWriter writer)
    {
        if (DType is { } type)
        {
            writer.Int("dtype", (long)type);
        }
    }

    /// <summary>Writes the seed where there is one.</summary>
    private protected void WriteSeed(AttributeWriter writer)
    {
        if (Seed is { } seed)
        {
            writer.Float("seed", seed);
        }
    }

    /// <inheritdoc/>
    public override Operator Widened(ElementType type) => this with { DType = DType is { } given ? Wider(given, type) : null };

    /// <summary>Sets the output to the type and the shape of the input.</summary>
    private protected void InferLike(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.SetOutput(0, DType ?? context.Type(0), context.Shape(0));
    }

    /// <summary>Sets the output to a shape.</summary>
    private protected void InferShape(InferenceContext context, IntList shape)
    {
        context.RequireInputs(0, 0);
        context.SetOutput(0, DType ?? ElementType.Float32, new SymbolicShape([.. shape.Select(size => size >= 0 ? new Dimension(size)
            : throw context.Error($"expected sizes of 0 or more in 'shape', got {shape}."))]));
    }
}
