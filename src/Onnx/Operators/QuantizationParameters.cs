using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>What QuantizeLinear and DequantizeLinear have in common: a scale and a zero point for everything, for each element of an axis, or for blocks along an axis.</summary>
internal static class QuantizationParameters
{
    /// <summary>The opset that brought blocks.</summary>
    public const int BlocksSince = 21;

    /// <summary>The opset that brought <c>axis</c>.</summary>
    public const int AxisSince = 13;

    /// <summary>The opset that brought <c>saturate</c>.</summary>
    public const int SaturateSince = 19;

    /// <summary>Reads <c>axis</c> and <c>block_size</c>.</summary>
    public static (int Axis, long BlockSize) Read(AttributeReader reader) =>
        (reader.Opset >= AxisSince ? reader.Axis("axis", 1) : 1, reader.Opset >= BlocksSince ? reader.Int("block_size", 0) : 0);

    /// <summary>Writes them.</summary>
    public static void Write(AttributeWriter writer, int axis, long blockSize)
    {
        if (writer.Opset >= AxisSince)
        {
            writer.Int("axis", axis);
        }
        else if (axis != 1)
        {
            throw writer.Error($"'axis' needs opset {AxisSince}, got {writer.Opset}; write a newer opset.");
        }

        if (writer.Opset >= BlocksSince)
        {
            writer.Int("block_size", blockSize);
        }
        else if (blockSize != 0)
        {
            throw writer.Error($"'block_size' needs opset {BlocksSince}, got {writer.Opset}; write a newer opset.");
        }
    }

    /// <summary>Whether numbers are quantized to an element type: the integers of 16 bits at most, float8 but for E8M0, float4.</summary>
    public static bool IsQuantized(ElementType type) =>
        type is ElementType.Int8 or ElementType.UInt8 or ElementType.Int16 or ElementType.UInt16 || (type != ElementType.Float8E8M0 && NarrowFormat.Find(type) is not null);

    /// <summary>Checks scale (input 1) and zero point (input 2) against x.</summary>
    public static void Require(InferenceContext context, int axis, long blockSize)
    {
        if (blockSize is < 0 or > int.MaxValue)
        {
            throw context.Error($"expected 'block_size' from 0 to {int.MaxValue}, got {blockSize}.");
        }

        if (context.Shape(1) is not { } scale)
        {
            return;
        }

        if (context.Shape(2) is { } zero && zero.ElementCount is { } zeros && scale.ElementCount is { } scales && zeros != scales)
        {
            throw context.Error($"expected a zero point of the scale's shape {scale}, got {zero}.");
        }

        if (scale.ElementCount == 1 && scale.Rank <= 1)
        {
            return;
        }

        if (context.Shape(0) is not { } x)
        {
            return;
        }

        int normal = context.RequireAxis(axis, x.Rank);
        if (scale.Rank <= 1 && blockSize == 0)
        {
            if (scale.Rank == 1)
            {
                context.RequireEqual(scale[0], x[normal], $"the scales and axis {normal} of x");
            }

            return;
        }

        if (scale.Rank != x.Rank || blockSize == 0)
        {
            throw context.Error($"expected a scale that is a scalar, {x[normal]} numbers, or blocks of 'block_size' along axis {normal} of {x}, got {scale} and {blockSize}.");
        }

        for (int i = 0; i < x.Rank; i++)
        {
            Dimension expected = i != normal ? x[i] : x[i].Size is { } size ? (size + blockSize - 1) / blockSize : Dimension.Unknown;
            context.RequireEqual(expected, scale[i], $"the blocks of x and the scales on axis {i}");
        }
    }
}
