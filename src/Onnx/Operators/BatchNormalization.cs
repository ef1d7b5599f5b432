using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// In inference y = scale · (x - mean) / √(variance + ε) + bias. Inputs: X [N, C, …], then scale, bias, mean and variance, all
/// [C]. In training, mean and variance are those of X, the population's, and the inputs are what the running statistics were before. Outputs: Y;
/// in training also the running mean and variance, momentum · given + (1 - momentum) · X's, and before opset 14 X's mean and variance behind them.
/// https://onnx.ai/onnx/operators/onnx__BatchNormalization.html
/// </summary>
/// <param name="Epsilon">ε.</param>
/// <param name="Momentum">The share of the running statistics that a training step keeps; nothing in inference.</param>
/// <param name="IsTraining">Whether X's own statistics are used.</param>
/// <param name="IsPerActivation">Whether each activation of a sample has its own statistics and parameters, [C, …], as opsets before 9 allow.</param>
public sealed record BatchNormalization(float Epsilon = 1e-5f, float Momentum = 0.9f, bool IsTraining = false, bool IsPerActivation = false) : Operator
{
    private const int TrainingModeSince = 14;
    private const int PerChannelOnlySince = 9;

    // Before it an attribute says whether the node is of inference; since then the number of outputs, and later training_mode.
    private const int OutputsTellSince = 7;

    internal static Operator Read(AttributeReader reader)
    {
        bool isTraining = reader.Opset >= TrainingModeSince ? reader.Flag("training_mode", false)
            : reader.Opset >= OutputsTellSince ? reader.OutputCount > 1 : !reader.Flag("is_test", false);
        return new BatchNormalization(
            reader.Float("epsilon", 1e-5f), reader.Float("momentum", 0.9f), isTraining, reader.Opset < PerChannelOnlySince && !reader.Flag("spatial", true));
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Float("epsilon", Epsilon);
        writer.Float("momentum", Momentum);
        if (writer.Opset >= TrainingModeSince)
        {
            writer.Flag("training_mode", IsTraining);
        }
        else if (IsTraining)
        {
            throw writer.Error($"the training form needs opset {TrainingModeSince}, got {writer.Opset}; write a newer opset.");
        }

        if (writer.Opset < PerChannelOnlySince)
        {
            writer.Flag("spatial", !IsPerActivation);
        }
        else if (IsPerActivation)
        {
            throw writer.Error($"statistics for each activation need an opset before {PerChannelOnlySince}, got {writer.Opset}; write an older opset.");
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
            RequireParameter(context, input);
        }

        if (!IsTraining && context.OutputCount > 1)
        {
            throw context.Error($"expected one output outside of training, got {context.OutputCount}.");
        }

        context.SetOutput(0, context.Type(0), context.Shape(0));
        SymbolicShape? statistics = context.Shape(3) ?? context.Shape(4) ?? context.Shape(1);
        for (int output = 1; output < Math.Min(context.OutputCount, 5); output++)
        {
            context.SetOutput(output, context.Type(3), statistics);
        }
    }

    private void RequireParameter(InferenceContext context, int input)
    {
        if (!IsPerActivation)
        {
            context.RequireRank(input, 1);
        }

        if (context.Shape(0) is not { } x || context.Shape(input) is not { } parameter)
        {
            return;
        }

        if (!IsPerActivation)
        {
            context.RequireEqual(x[1], parameter[0], $"the channels of X and input {input}");
            return;
        }

        context.RequireRank(input, x.Rank - 1);
        for (int axis = 0; axis < parameter.Rank; axis++)
        {
            context.RequireEqual(x[axis + 1], parameter[axis], $"axis {axis + 1} of X and axis {axis} of input {input}");
        }
    }
}
