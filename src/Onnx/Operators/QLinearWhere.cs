using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// z = condition ? x : y, element by element with broadcasting, x and y brought to the scale of z, of the domain com.microsoft. Inputs: condition (bool), x, x_scale,
/// x_zero_point, y, y_scale, y_zero_point, z_scale, z_zero_point.
/// </summary>
public sealed record QLinearWhere : ContribOperator
{
    private const int Left = 1;
    private const int Right = 4;
    private const int Result = 7;

    internal static Operator Read(AttributeReader reader) => new QLinearWhere();

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(9, 9);
        context.RequireType(0, ElementTypeSet.Bool);
        _ = RequireQuantized(context, Left, "x");
        _ = RequireQuantized(context, Right, "y");
        RequireParameters(context, Result, "z");
        ElementType type = context.RequireSameType(Left, Right, Result + 1);
        context.SetOutput(0, type, context.Broadcast(0, Left, Right));
    }
}
