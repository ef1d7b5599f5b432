using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// y = (x - x_zero_point) · x_scale. Inputs: x (an integer, float8 or float4), x_scale, x_zero_point (optional): one for everything, one for each element of an axis, or one
/// for each block along it. https://onnx.ai/onnx/operators/onnx__DequantizeLinear.html
/// </summary>
/// <param name="Axis">The axis of the scales.</param>
/// <param name="BlockSize">The elements of a block; 0 without blocks.</param>
/// <param name="OutputType">The element type of y; null is the scale's.</param>
public sealed record DequantizeLinear(int Axis = 1, long BlockSize = 0, ElementType? OutputType = null) : Operator
{
    private const int OutputTypeSince = 23;

    internal static Operator Read(AttributeReader reader)
    {
        (int axis, long blockSize) = QuantizationParameters.Read(reader);
        return new DequantizeLinear(
            axis, blockSize, reader.Opset >= OutputTypeSince && reader.Int("output_dtype", 0) != 0 ? reader.ElementType("output_dtype", ElementType.Float32) : null);
    }

    /// <summary>Reads the form of the domain com.microsoft, whose one version has what opset 21 has.</summary>
    internal static Operator ReadContrib(AttributeReader reader) => new DequantizeLinear(reader.Axis("axis", 1), reader.Int("block_size", 0));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        QuantizationParameters.Write(writer, Axis, BlockSize);
        if (OutputType is { } type)
        {
            writer.Int("output_dtype", writer.Opset >= OutputTypeSince ? (long)type
                : throw writer.Error($"'output_dtype' needs opset {OutputTypeSince}, got {writer.Opset}; write a newer opset."));
        }
    }

    /// <inheritdoc/>
    public override Operator Widened(ElementType type) => this with { OutputType = OutputType is { } given ? Wider(given, type) : null };

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 3);
        ElementType x = context.RequireSameType(0, 2);
        if (x is not (ElementType.Undefined or ElementType.Int32) && !QuantizationParameters.IsQuantized(x))
        {
            throw context.Error($"expected x of an integer type of 2 to 32 bits, a float8 that is no scale, or float4, got {x}.");
        }

        if (context.Type(1) != ElementType.Float8E8M0)
        {
            context.RequireType(1, ElementTypeSet.Floating);
        }
        else if (OutputType is null)
        {
            throw context.Error("expected 'output_dtype', because y is no float8e8m0 as the scale is.");
        }

        QuantizationParameters.Require(context, Axis, BlockSize);
        context.SetOutput(0, OutputType ?? context.Type(1), context.Shape(0));
    }
}
