using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A depthwise convolution of a sequence that sees the past alone, and what the next part of the sequence must see of this one. Inputs: X [N, C, L], W [C, 1, k], B [C] (optional),
/// past_state [N, C, k - 1] (optional, 0 without). Outputs: Y [N, C, L], present_state [N, C, k - 1]. https://onnx.ai/onnx/operators/onnx__CausalConvWithState.html
/// </summary>
/// <param name="IsSilu">Whether Y is y · sigmoid(y).</param>
public sealed record CausalConvWithState(bool IsSilu = false) : Operator
{
    private static readonly string[] Activations = ["none", "silu", "swish"];

    internal static Operator Read(AttributeReader reader) => new CausalConvWithState(TextChoice.Read(reader, "activation", 0, Activations) > 0);

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.String("activation", Activations[IsSilu ? 1 : 0]);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 4);
        context.RequireType(0, ElementTypeSet.Floating);
        ElementType type = context.RequireSameType(0, 1, 2, 3);
        context.RequireRank(0, 3);
        context.RequireRank(1, 3);
        context.RequireRank(2, 1);
        context.RequireRank(3, 3);
        SymbolicShape? x = context.Shape(0);
        Dimension channels = x?[1] ?? Dimension.Unknown;
        Dimension history = Dimension.Unknown;
        if (context.Shape(1) is { } w)
        {
            channels = context.Unify(channels, w[0], "the channels of X and W");
            context.RequireEqual(w[1], 1, "the channels of a filter of W");
            history = w[2].Size is not { } size ? Dimension.Unknown : size >= 1 ? size - 1 : throw context.Error($"expected a kernel of 1 or more, got W {w}.");
        }

        if (context.Shape(2) is { } bias)
        {
            context.RequireEqual(channels, bias[0], "the channels of X and B");
        }

        var state = new SymbolicShape(x?[0] ?? Dimension.Unknown, channels, history);
        for (int axis = 0; axis < 3 && context.Shape(3) is { } past; axis++)
        {
            context.RequireEqual(past[axis], state[axis], $"axis {axis} of past_state and {state}");
        }

        context.SetOutput(0, type, x);
        context.SetOutput(1, type, state);
    }
}
