using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A function of one quantized tensor, quantized again, the shape kept. Inputs: x, x_scale, x_zero_point (optional), y_scale, y_zero_point (optional); an omitted zero point is 0.
/// </summary>
public abstract record QLinearUnaryOperator : ContribOperator
{
    private const int Result = 3;

    /// <inheritdoc/>
    public override void Infer(InferenceContext context) => context.SetOutput(0, RequireInputs(context), context.Shape(0));

    /// <summary>Checks the inputs and returns the element type.</summary>
    internal static ElementType RequireInputs(InferenceContext context)
    {
        context.RequireInputs(2, 5);
        RequireThere(context, Result);
        _ = RequireQuantized(context, 0, "x");
        RequireParameters(context, Result, "y");
        return context.RequireSameType(0, Result + 1);
    }
}
