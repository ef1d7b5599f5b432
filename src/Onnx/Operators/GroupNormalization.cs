using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// y = scale · (x - mean) / √(variance + ε) + bias with mean and variance of each sample's groups of neighbouring channels (Wu and He, 2018).
/// Inputs: X [N, C, D1, …], scale [C], bias [C]; before opset 21 these had one number a group and are repeated where they are read.
/// https://onnx.ai/onnx/operators/onnx__GroupNormalization.html
/// </summary>
/// <param name="NumGroups">The number of groups; it divides C.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="StashType">The element type of the statistics.</param>
public sealed record GroupNormalization(long NumGroups, float Epsilon = 1e-5f, ElementType StashType = ElementType.Float32) : Operator
{
    private const int ChannelParametersSince = 21;

    internal static Operator Read(AttributeReader reader)
    {
        if (!reader.Has("num_groups"))
        {
            throw reader.Error("expected attribute 'num_groups', which is not optional.");
        }

        long groups = reader.Int("num_groups", 0);
        float epsilon = reader.Float("epsilon", 1e-5f);
        if (reader.Opset >= ChannelParametersSince)
        {
            return new GroupNormalization(groups, epsilon, reader.ElementType("stash_type", ElementType.Float32));
        }

        if (reader.InputShape(0) is not { Rank: >= 2 } x || x[1].Size is not { } channels)
        {
            throw reader.Unsupported($"parameters of groups need the number of channels, which is not known; convert the model to opset {ChannelParametersSince}.");
        }

        if (groups < 1 || channels % groups != 0)
        {
            throw reader.Error($"expected 'num_groups' that divides {channels} channels, got {groups}.");
        }

        for (int input = 1; input < 3; input++)
        {
            string column = reader.AddNode(new Reshape(), reader.Input(input), reader.AddConstant($"groups{input}", Tensor.Vector(groups, 1L)));
            string repeated = reader.AddNode(new Expand(), column, reader.AddConstant($"repeats{input}", Tensor.Vector(groups, channels / groups)));
            reader.SetInput(input, reader.AddNode(new Reshape(), repeated, reader.AddConstant($"channels{input}", Tensor.Vector(channels))));
        }

        return new GroupNormalization(groups, epsilon);
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset < ChannelParametersSince)
        {
            throw writer.Error($"parameters of channels need opset {ChannelParametersSince}, got {writer.Opset}; write a newer opset.");
        }

        writer.Float("epsilon", Epsilon);
        writer.Int("num_groups", NumGroups);
        writer.Int("stash_type", (long)StashType);
    }

    /// <inheritdoc/>
    public override Operator Widened(ElementType type) => this with { StashType = Wider(StashType, type) };

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(3, 3);
        context.RequireType(0, ElementTypeSet.Floating);
        ElementType type = context.RequireSameType(0, 1, 2);
        if (context.Shape(0) is { Rank: < 2 } low)
        {
            throw context.Error($"expected X of rank 2 or more ([N, C, D1, …]), got {low}.");
        }

        if (NumGroups < 1 || (context.Shape(0)?[1].Size is { } channels && channels % NumGroups != 0))
        {
            throw context.Error($"expected 'num_groups' that divides the channels of {context.Shape(0)}, got {NumGroups}.");
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
