using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// y = saturate(round(x / y_scale) + y_zero_point), halves rounded to even. Inputs: x (floating or int32), y_scale, y_zero_point (optional): one for everything, one for
/// each element of an axis, or one for each block along it. y is an integer of 2 to 16 bits, float8 or float4: those are not rounded to integers, and a zero point is added before
/// they are cast. https://onnx.ai/onnx/operators/onnx__QuantizeLinear.html
/// </summary>
/// <param name="Axis">The axis of the scales.</param>
/// <param name="BlockSize">The elements of a block; 0 without blocks.</param>
/// <param name="OutputType">The element type of y where there is no zero point; null is uint8.</param>
/// <param name="Saturate">Whether float8 saturates.</param>
/// <param name="Precision">The element type of the division; null is the scale's, float32 for a scale of float8e8m0, float64 for one of int32.</param>
public sealed record QuantizeLinear(int Axis = 1, long BlockSize = 0, ElementType? OutputType = null, bool Saturate = true, ElementType? Precision = null) : Operator
{
    private const int PrecisionSince = 23;

    internal static Operator Read(AttributeReader reader)
    {
        (int axis, long blockSize) = QuantizationParameters.Read(reader);
        return new QuantizeLinear(
            axis,
            blockSize,
            reader.Opset >= QuantizationParameters.BlocksSince && reader.Int("output_dtype", 0) != 0 ? reader.ElementType("output_dtype", ElementType.UInt8) : null,
            reader.Opset < QuantizationParameters.SaturateSince || reader.Flag("saturate", true),
            reader.Opset >= PrecisionSince && reader.Int("precision", 0) != 0 ? reader.ElementType("precision", ElementType.Float32) : null);
    }

    /// <summary>Reads the form of the domain com.microsoft, whose one version has what opset 21 has.</summary>
    internal static Operator ReadContrib(AttributeReader reader) => new QuantizeLinear(reader.Axis("axis", 1), reader.Int("block_size", 0));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        QuantizationParameters.Write(writer, Axis, BlockSize);
        if (OutputType is { } type)
        {
            writer.Int("output_dtype", writer.Opset >= QuantizationParameters.BlocksSince ? (long)type
                : throw writer.Error($"'output_dtype' needs opset {QuantizationParameters.BlocksSince}, got {writer.Opset}; write a newer opset or give a zero point."));
        }

        if (Precision is { } precision)
        {
            writer.Int("precision", writer.Opset >= PrecisionSince ? (long)precision
                : throw writer.Error($"'precision' needs opset {PrecisionSince}, got {writer.Opset}; write a newer opset."));
        }

        if (writer.Opset >= QuantizationParameters.SaturateSince)
        {
            writer.Flag("saturate", Saturate);
        }
    }

    /// <inheritdoc/>
    public override Operator Widened(ElementType type) => this with { Precision = Precision is { } given ? Wider(given, type) : null };

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 3);
        if (context.Type(0) != ElementType.Int32)
        {
            context.RequireType(0, ElementTypeSet.Floating);
        }

        if (context.Type(1) is not (ElementType.Int32 or ElementType.Float8E8M0))
        {
            context.RequireType(1, ElementTypeSet.Floating);
        }

        QuantizationParameters.Require(context, Axis, BlockSize);
        if (context.HasInput(2) && OutputType is { } type && context.Type(2) is not ElementType.Undefined and var zero && zero != type)
        {
            throw context.Error($"expected 'output_dtype' to be the zero point's type {zero}, got {type}.");
        }

        ElementType output = context.HasInput(2) && context.Type(2) != ElementType.Undefined ? context.Type(2)
            : OutputType ?? (context.HasInput(2) ? ElementType.Undefined : ElementType.UInt8);
        if (output != ElementType.Undefined && !QuantizationParameters.IsQuantized(output))
        {
            throw context.Error($"expected y of an integer type of 16 bits at most, a float8 that is no scale, or float4, got {output}.");
        }

        context.SetOutput(0, output, context.Shape(0));
    }
}
