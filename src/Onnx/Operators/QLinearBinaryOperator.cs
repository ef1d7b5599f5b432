using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A function of two quantized tensors, element by element with broadcasting, quantized again. Inputs: a, a_scale, a_zero_point (optional), b, b_scale, b_zero_point (optional),
/// c_scale, c_zero_point (optional); an omitted zero point is 0.
/// </summary>
public abstract record QLinearBinaryOperator : ContribOperator
{
    private const int Right = 3;
    private const int Result = 6;

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 8);
        RequireThere(context, Right, Right + 1, Result);
        _ = RequireQuantized(context, 0, "a");
        _ = RequireQuantized(context, Right, "b");
        RequireParameters(context, Result, "c");
        ElementType type = context.RequireSameType(0, Right, Result + 1);
        context.SetOutput(0, type, context.Broadcast(0, Right));
    }
}
