using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// In inference y = scale · (x - mean) / √(variance + ε) + bias. Inputs: X [N, C, …], then scale, bias, mean and variance, all
/// [C]. The form that updates the statistics while it trains is refused. https://onnx.ai/onnx/operators/onnx__BatchNormalization.html
/// </summary>
/// <param name="Epsilon">ε.</param>
/// <param name="Momentum">The share of the running statistics that a training step keeps; nothing in inference.</param>
public sealed record BatchNormalization(float Epsilon = 1e-5f, float Momentum = 0.9f) : Operator
{
    private const int TrainingModeSince = 14;
    private const int PerChannelOnlySince = 9;

    // Before it an attribute says whether the node is of inference; since then the number of outputs, and later training_mode.
    private const int OutputsTellSince = 7;

    internal static Operator Read(AttributeReader reader)
    {
        bool isTraining = reader.Opset >= TrainingModeSince ? reader.Flag("training_mode", false)
            : reader.OutputCount > 1 || (reader.Opset < OutputsTellSince && !reader.Flag("is_test", false));
        if (isTraining)
        {
            throw reader.Unsupported("the training form, which updates the running statistics, is not supported; export the model for inference.");
        }

        if (reader.Opset < PerChannelOnlySince && !reader.Flag("spatial", true))
        {
            throw reader.Unsupported("statistics for each activation (spatial 0) are not supported; export the model with spatial 1.");
        }

        return new BatchNormalization(reader.Float("epsilon", 1e-5f), reader.Float("momentum", 0.9f));
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Float("epsilon", Epsilon);
        writer.Float("momentum", Momentum);
        if (writer.Opset >= TrainingModeSince)
        {
            writer.Flag("training_mode", false);
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(5, 5);
        context.RequireType(0, ElementTypeSet.Floating);
        if (context.Shape(0) is { Rank: < 2 } low)
        {
            throw context.Error($"expected X of rank 2 or more ([N, C, …]), got {low}.");
        }

        for (int input = 1; input < 5; input++)
        {
            context.RequireType(input, ElementTypeSet.Floating);
            context.RequireRank(input, 1);
            if (context.Shape(0) is { } x && context.Shape(input) is { } parameter)
            {
                context.RequireEqual(x[1], parameter[0], $"the channels of X and input {input}");
            }
        }

        context.SetOutput(0, context.Type(0), context.Shape(0));
    }
}
