using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>Checks that operators on quantized elements share.</summary>
internal static class QuantizedInputs
{
    /// <summary>Checks that inputs are int8 or uint8.</summary>
    public static void RequireBytes(InferenceContext context, params ReadOnlySpan<int> inputs)
    {
        foreach (int input in inputs)
        {
            if (context.Type(input) is not (ElementType.Undefined or ElementType.Int8 or ElementType.UInt8))
            {
                throw context.Error($"expected int8 or uint8 for input {input}, got {context.Type(input)}.");
            }
        }
    }

    /// <summary>Checks that an input holds one number.</summary>
    public static void RequireScalar(InferenceContext context, int input, string name)
    {
        if (context.Shape(input) is { } shape && (shape.Rank > 1 || (shape.Rank == 1 && shape[0].Size is { } size && size != 1)))
        {
            throw context.Error($"expected a scalar for {name}, got {shape}.");
        }
    }

    /// <summary>Checks that an input holds one number, or one for each element of an axis.</summary>
    public static void RequireVector(InferenceContext context, int input, string name, Dimension length)
    {
        if (context.Shape(input) is { } shape
            && (shape.Rank > 1 || (shape.Rank == 1 && shape[0].Size is { } size && size != 1 && length.Size is { } wanted && size != wanted)))
        {
            throw context.Error($"expected a scalar or {length} numbers for {name}, got {shape}.");
        }
    }
}
