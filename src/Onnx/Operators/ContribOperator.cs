using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// An operator of the domain <c>com.microsoft</c>: what ONNX Runtime's quantizer writes, and what the engine's fusion makes of quantized operators. The elements are
/// int8 or uint8, scales are float32. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
/// </summary>
public abstract record ContribOperator : Operator
{
    /// <summary>The domain.</summary>
    public const string ContribDomain = "com.microsoft";

    /// <inheritdoc/>
    public override string Domain => ContribDomain;

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <summary>Checks a quantized tensor, its scale and its zero point, which are inputs that follow one another, and returns its type.</summary>
    private protected static ElementType RequireQuantized(InferenceContext context, int input, string name)
    {
        QuantizedInputs.RequireBytes(context, input);
        RequireParameters(context, input + 1, name);
        return context.RequireSameType(input, input + 2);
    }

    /// <summary>Checks that inputs behind omitted ones are there.</summary>
    private protected static void RequireThere(InferenceContext context, params ReadOnlySpan<int> inputs)
    {
        foreach (int input in inputs)
        {
            if (!context.HasInput(input))
            {
                throw context.Error($"expected a value as input {input}, which is not optional; only zero points are.");
            }
        }
    }

    /// <summary>Checks a scale and the zero point behind it, each one number.</summary>
    private protected static void RequireParameters(InferenceContext context, int scale, string name)
    {
        context.RequireType(scale, ElementTypeSet.Floating);
        QuantizedInputs.RequireScalar(context, scale, $"{name}_scale");
        QuantizedInputs.RequireScalar(context, scale + 1, $"{name}_zero_point");
        QuantizedInputs.RequireBytes(context, scale + 1);
    }
}
