using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A recurrent layer over sequences. Inputs: X [T, N, I], W [D, G·H, I], R [D, G·H, H], B [D, 2·G·H] (optional: of W, then of R),
/// sequence_lens [N] (optional, int32), initial_h [D, N, H] (optional). Outputs: Y [T, D, N, H], Y_h [D, N, H], both optional. T are the
/// steps, N the sequences, D the directions, G the gates, H the hidden size. With <c>layout</c> 1 the sequences come first:
/// X [N, T, I], states [N, D, H], Y [N, T, D, H].
/// </summary>
/// <param name="HiddenSize">H; null takes it from R.</param>
/// <param name="Direction">The order of the steps.</param>
/// <param name="Activations">The activations of each direction; null is ONNX's defaults.</param>
/// <param name="Clip">What enters a gate's activation is clamped to ±this; null does not clamp.</param>
/// <param name="BatchFirst">Whether <c>layout</c> is 1.</param>
public abstract record RecurrentOperator(long? HiddenSize, RecurrentDirection Direction, ValueList<CellActivation>? Activations, float? Clip, bool BatchFirst) : Operator
{
    private const int LayoutSince = 14;
    private const int SequenceOutputUntil = 7;

    private static readonly string[] Directions = ["forward", "reverse", "bidirectional"];
    private static readonly string[] ActivationNames =
        ["Tanh", "Sigmoid", "Relu", "Affine", "LeakyRelu", "ThresholdedRelu", "ScaledTanh", "HardSigmoid", "Elu", "Softsign", "Softplus"];

    /// <summary>D.</summary>
    public int DirectionCount => Direction == RecurrentDirection.Bidirectional ? 2 : 1;

    /// <summary>The cell.</summary>
    public abstract RecurrentCellKind Cell { get; }

    /// <summary>The activations of one direction where none are given.</summary>
    private protected abstract ReadOnlySpan<CellActivationKind> DefaultActivations { get; }

    /// <summary>The inputs at most.</summary>
    private protected virtual int MaxInputs => 6;

    /// <summary>An activation of a direction.</summary>
    public CellActivation Activation(int direction, int index) => Activations is null
        ? new CellActivation(DefaultActivations[index])
        : Activations[(direction * DefaultActivations.Length) + index];

    /// <summary>Writes the attributes that all recurrent layers have.</summary>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (Activations is not null)
        {
            float[] alphas = [.. Activations.Where(activation => CellActivation.UsesAlpha(activation.Kind)).Select(activation => activation.Alpha)];
            float[] betas = [.. Activations.Where(activation => CellActivation.UsesBeta(activation.Kind)).Select(activation => activation.Beta)];
            if (alphas.Length > 0)
            {
                writer.Floats("activation_alpha", alphas);
            }

            if (betas.Length > 0)
            {
                writer.Floats("activation_beta", betas);
            }

            writer.Strings("activations", [.. Activations.Select(activation => ActivationNames[(int)activation.Kind])]);
        }

        if (Clip is { } clip)
        {
            writer.Float("clip", clip);
        }

        writer.String("direction", Directions[(int)Direction]);
        if (HiddenSize is { } size)
        {
            writer.Int("hidden_size", size);
        }

        if (writer.Opset >= LayoutSince)
        {
            writer.Flag("layout", BatchFirst);
        }
        else if (BatchFirst)
        {
            throw writer.Error($"layout 1 needs opset {LayoutSince}, got {writer.Opset}; write a newer opset.");
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(3, MaxInputs);
        context.RequireType(0, ElementTypeSet.Floating);
        ElementType type = context.RequireSameType(0, 1, 2, 3, 5, 6, 7);
        if (context.Type(4) is not (ElementType.Undefined or ElementType.Int32))
        {
            throw context.Error($"expected int32 for sequence_lens (input 4), got {context.Type(4)}.");
        }

        if (Activations is not null && Activations.Count != DirectionCount * DefaultActivations.Length)
        {
            throw context.Error($"expected {DirectionCount * DefaultActivations.Length} activations ({DefaultActivations.Length} for each direction), got {Activations.Count}.");
        }

        if (Clip is { } clip && !(clip >= 0))
        {
            throw context.Error($"expected 'clip' of 0 or more, got {clip}.");
        }

        context.RequireRank(0, 3);
        context.RequireRank(1, 3);
        context.RequireRank(2, 3);
        context.RequireRank(3, 2);
        context.RequireRank(4, 1);
        Dimension steps = context.Shape(0) is { } x ? x[BatchFirst ? 1 : 0] : Dimension.Unknown;
        Dimension batch = context.Shape(0) is { } same ? same[BatchFirst ? 0 : 1] : Dimension.Unknown;
        Dimension hidden = HiddenSize is not { } size ? Dimension.Unknown
            : size is > 0 and <= int.MaxValue ? size
            : throw context.Error($"expected 'hidden_size' from 1 to {int.MaxValue}, got {size}.");
        if (context.Shape(2) is { } r)
        {
            context.RequireEqual(r[0], DirectionCount, "the directions and R's first axis");
            hidden = context.Unify(hidden, r[2], "'hidden_size' and R's last axis");
        }

        Dimension gates = Times(RecurrentLayer.GateCount(Cell), hidden);
        RequireShape(context, 1, "W", DirectionCount, gates, context.Shape(0)?[2] ?? Dimension.Unknown);
        RequireShape(context, 2, "R", DirectionCount, gates, hidden);
        RequireShape(context, 3, "B", DirectionCount, Times(2, gates));
        RequireShape(context, 4, "sequence_lens", batch);
        SymbolicShape states = BatchFirst ? new SymbolicShape(batch, DirectionCount, hidden) : new SymbolicShape(DirectionCount, batch, hidden);
        RequireShape(context, 5, "initial_h", states.Dimensions);
        InferMore(context, states, hidden);
        context.SetOutput(0, type, BatchFirst ? new SymbolicShape(batch, steps, DirectionCount, hidden) : new SymbolicShape(steps, DirectionCount, batch, hidden));
        context.SetOutput(1, type, states);
    }

    /// <summary>Steps · sequences · directions · gates · hidden size · (input size + hidden size).</summary>
    public override long? CountMultiplyAccumulates(InferenceContext context) =>
        context.Shape(0) is { IsKnown: true } x && context.Shape(1) is { IsKnown: true } w && context.Shape(2) is { IsKnown: true } r
            ? x[0].Size * x[1].Size * (w.ElementCount + r.ElementCount)
            : null;

    /// <summary>Reads the activations, each with its α and β: the lists hold values only for those that have one.</summary>
    private protected static ValueList<CellActivation>? ReadActivations(AttributeReader reader)
    {
        IReadOnlyList<string>? names = reader.Strings("activations");
        IReadOnlyList<float> alphas = reader.Floats("activation_alpha") ?? [];
        IReadOnlyList<float> betas = reader.Floats("activation_beta") ?? [];
        if (names is null)
        {
            // The defaults have neither α nor β.
            return null;
        }

        var result = new CellActivation[names.Count];
        (int alphasUsed, int betasUsed) = (0, 0);
        for (int i = 0; i < result.Length; i++)
        {
            int kind = Array.FindIndex(ActivationNames, name => name.Equals(names[i], StringComparison.OrdinalIgnoreCase));
            if (kind < 0)
            {
                throw reader.Error($"expected one of {string.Join(", ", ActivationNames)} in 'activations', got '{names[i]}'.");
            }

            (float alpha, float beta) = Defaults((CellActivationKind)kind);
            if (CellActivation.UsesAlpha((CellActivationKind)kind))
            {
                alpha = alphasUsed < alphas.Count ? alphas[alphasUsed++] : alpha;
            }

            if (CellActivation.UsesBeta((CellActivationKind)kind))
            {
                beta = betasUsed < betas.Count ? betas[betasUsed++] : beta;
            }

            result[i] = new CellActivation((CellActivationKind)kind, alpha, beta);
        }

        return new ValueList<CellActivation>(result);
    }

    /// <summary>Reads what all recurrent layers have.</summary>
    private protected static (long? HiddenSize, RecurrentDirection Direction, float? Clip, bool BatchFirst) ReadCommon(AttributeReader reader)
    {
        // Before opset 7 it said whether Y is wanted, which the node's outputs say too.
        _ = reader.Opset < SequenceOutputUntil && reader.Flag("output_sequence", false);
        return (
            reader.Has("hidden_size") ? reader.Int("hidden_size", 0) : null,
            (RecurrentDirection)TextChoice.Read(reader, "direction", 0, Directions),
            reader.Has("clip") ? reader.Float("clip", 0) : null,
            reader.Opset >= LayoutSince && reader.Flag("layout", false));
    }

    /// <summary>Checks an input's shape, where it is there.</summary>
    private protected static void RequireShape(InferenceContext context, int input, string name, params ReadOnlySpan<Dimension> expected)
    {
        context.RequireRank(input, expected.Length);
        if (context.Shape(input) is { } shape)
        {
            for (int axis = 0; axis < expected.Length; axis++)
            {
                context.RequireEqual(expected[axis], shape[axis], $"what {name} {shape} must be and its axis {axis}");
            }
        }
    }

    /// <summary>What a kind of layer adds.</summary>
    private protected virtual void InferMore(InferenceContext context, SymbolicShape states, Dimension hidden)
    {
    }

    private protected static Dimension Times(long factor, Dimension dimension) => dimension.Size is { } size ? checked(factor * size) : Dimension.Unknown;

    private static (float Alpha, float Beta) Defaults(CellActivationKind kind) => kind switch
    {
        CellActivationKind.Affine => (1, 0),
        CellActivationKind.LeakyRelu => (0.01f, 0),
        CellActivationKind.ThresholdedRelu or CellActivationKind.Elu => (1, 0),
        CellActivationKind.ScaledTanh => (1, 1),
        CellActivationKind.HardSigmoid => (0.2f, 0.5f),
        _ => (0, 0),
    };
}
