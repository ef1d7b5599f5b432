using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// y = scale · (x - mean) / √(variance + ε) + bias with mean and variance of each sample's channel over the spatial axes. Inputs:
/// X [N, C, D1, …], scale [C], bias [C]. https://onnx.ai/onnx/operators/onnx__InstanceNormalization.html
/// </summary>
/// <param name="Epsilon">ε.</param>
public sealed record InstanceNormalization(float Epsilon = 1e-5f) : Operator
{
    internal static Operator Read(AttributeReader reader) => new InstanceNormalization(reader.Float("epsilon", 1e-5f));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Float("epsilon", Epsilon);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(3, 3);
        context.RequireType(0, ElementTypeSet.Floating);
        ElementType type = context.RequireSameType(0, 1, 2);
        if (context.Shape(0) is { Rank: < 3 } low)
        {
            throw context.Error($"expected X of rank 3 or more ([N, C, D1, …]), got {low}.");
        }

        for (int input = 1; input < 3; input++)
        {
            context.RequireRank(input, 1);
            if (context.Shape(0) is { } x && context.Shape(input) is { } parameter)
            {
                context.RequireEqual(x[1], parameter[0], $"the channels of X and input {input}");
            }
        }

        context.SetOutput(0, type, context.Shape(0));
    }
}
