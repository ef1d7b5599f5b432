using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.BatchNormalization;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// Batch normalization (Ioffe and Szegedy, 2015) of x [N, C, …]: y = scale · (x - mean) / √(variance + ε) + bias, each channel for itself. In
/// training mean and variance are those of the batch, the variance that of the population (divided by the number of elements), and the running
/// statistics become running · momentum + batch · (1 - momentum), as in Keras; in inference they are the running ones. Inputs: x, scale [C] and bias [C]
/// where it has them, running mean [C], running variance [C].
/// </summary>
/// <param name="epsilon">ε, what keeps the root away from 0.</param>
/// <param name="momentum">The share of the running statistics that a training step keeps.</param>
/// <param name="hasScale">Whether there is a scale; it is 1 otherwise.</param>
/// <param name="hasBias">Whether there is a bias; it is 0 otherwise.</param>
/// <param name="isFrozen">Whether training too uses the running statistics and leaves them as they are.</param>
public sealed class BatchNormalizationFunction(float epsilon = 1e-3f, float momentum = 0.99f, bool hasScale = true, bool hasBias = true, bool isFrozen = false) : Function
{
    // Parts of the workspace, each [C]: the batch's statistics, then what stands in for a missing scale and bias.
    private const int Parts = 4;

    private ActivationKind _activation;

    /// <summary>ε.</summary>
    public float Epsilon { get; } = epsilon;

    /// <summary>The share of the running statistics that a training step keeps.</summary>
    public float Momentum { get; } = momentum;

    /// <summary>Whether training too uses the running statistics.</summary>
    public bool IsFrozen { get; } = isFrozen;

    private int ScaleInput => hasScale ? 1 : -1;

    private int BiasInput => hasBias ? (hasScale ? 2 : 1) : -1;

    private int MeanInput => 1 + (hasScale ? 1 : 0) + (hasBias ? 1 : 0);

    private int VarianceInput => MeanInput + 1;

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => input == 0 || input == ScaleInput || (IsFrozen && input >= MeanInput) || (_activation != ActivationKind.None && input == BiasInput);

    /// <inheritdoc/>
    internal override GradientFlow Flow(int input, ReadOnlySpan<Shape> inputs) => input == 0 ? GradientFlow.InPlace : GradientFlow.Computed;

    /// <inheritdoc/>
    internal override Function? Fuse(Function next, ReadOnlySpan<Shape> inputs) => next is ReluFunction && _activation == ActivationKind.None
        ? new BatchNormalizationFunction(Epsilon, Momentum, hasScale, hasBias, IsFrozen) { _activation = ActivationKind.Relu }
        : null;

    /// <inheritdoc/>
    public override bool IsDifferentiable(int input) => input < MeanInput;

    /// <inheritdoc/>
    public override bool UpdatesInput(int input) => !IsFrozen && input >= MeanInput;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, VarianceInput + 1);
        Require.AtLeastRank(this, inputs[0], 2);
        for (int input = 1; input < inputs.Length; input++)
        {
            if (inputs[input] != [inputs[0][1]])
            {
                throw new ArgumentException($"BatchNormalization: expected input {input} of shape [{inputs[0][1]}], the channels of x {inputs[0]}, got {inputs[input]}.", nameof(inputs));
            }
        }

        return inputs[0];
    }

    /// <inheritdoc/>
    public override int WorkspaceLength(ReadOnlySpan<Shape> inputs) => Parts * inputs[0][1];

    /// <inheritdoc/>
    public override int ScratchLength(ReadOnlySpan<Shape> inputs) => 2 * inputs[0][1];

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        Shape x = context.InputShape(0);
        int channels = x[1];
        int spatial = x.Length / (x[0] * channels);
        T epsilon = T.CreateTruncating(Epsilon);
        ReadOnlySpan<T> scale = OrConstant(context, ScaleInput, 2, T.One);
        ReadOnlySpan<T> bias = OrConstant(context, BiasInput, 3, T.Zero);
        if (!context.IsTraining || IsFrozen)
        {
            Normalization.BatchInference(context.Input(0), scale, bias, context.Input(MeanInput), context.Input(VarianceInput), epsilon, context.Output, x[0], channels, spatial, context.Workers, _activation);
            return;
        }

        Span<T> mean = context.Workspace[..channels];
        Span<T> variance = context.Workspace.Slice(channels, channels);
        Normalization.BatchTraining(context.Input(0), scale, bias, epsilon, context.Output, mean, variance, x[0], channels, spatial, context.Workers, _activation);
        Follow(context.State(MeanInput), mean);
        Follow<T>(context.State(VarianceInput), variance);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        Shape x = context.InputShape(0);
        int channels = x[1];
        int spatial = x.Length / (x[0] * channels);
        bool isFrozen = !context.IsTraining || IsFrozen;
        ReadOnlySpan<T> mean = isFrozen ? context.Input(MeanInput) : context.Workspace[..channels];
        ReadOnlySpan<T> variance = isFrozen ? context.Input(VarianceInput) : context.Workspace.Slice(channels, channels);
        ReadOnlySpan<T> scale = hasScale ? context.Input(ScaleInput) : context.Workspace.Slice(2 * channels, channels);
        ReadOnlySpan<T> bias = _activation == ActivationKind.None ? [] : hasBias ? context.Input(BiasInput) : context.Workspace.Slice(3 * channels, channels);
        Span<T> dscale = context.Scratch[..channels];
        Span<T> dbias = context.Scratch.Slice(channels, channels);
        Normalization.BatchBackward(
            context.Input(0),
            scale,
            mean,
            variance,
            T.CreateTruncating(Epsilon),
            context.OutputGradient,
            context.NeedsGradient(0) ? context.InputGradient(0) : [],
            dscale,
            dbias,
            x[0],
            channels,
            spatial,
            context.Workers,
            context.Accumulates(0),
            hasFixedStatistics: isFrozen,
            activation: _activation,
            bias: bias);
        Give(context, ScaleInput, dscale);
        Give(context, BiasInput, dbias);
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        string scale = hasScale ? inputs[ScaleInput] : sink.Constant("scale", Constant(shapes[0][1], 1));
        string bias = hasBias ? inputs[BiasInput] : sink.Constant("bias", Constant(shapes[0][1], 0));
        return FusedActivation.Emit(_activation, sink, sink.Add(new Record(Epsilon, Momentum), inputs[0], scale, bias, inputs[MeanInput], inputs[VarianceInput]));
    }

    private static ReadOnlySpan<T> OrConstant<T>(in FunctionContext<T> context, int input, int part, T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (input > 0)
        {
            return context.Input(input);
        }

        int channels = context.InputShape(0)[1];
        Span<T> constant = context.Workspace.Slice(part * channels, channels);
        constant.Fill(value);
        return constant;
    }

    private static void Give<T>(in FunctionContext<T> context, int input, ReadOnlySpan<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (input > 0 && context.NeedsGradient(input))
        {
            Span<T> target = context.InputGradient(input);
            for (int c = 0; c < target.Length; c++)
            {
                target[c] = context.Accumulates(input) ? target[c] + gradient[c] : gradient[c];
            }
        }
    }

    private static Tensor<float> Constant(int channels, float value)
    {
        var tensor = new Tensor<float>([channels]);
        tensor.Span.Fill(value);
        return tensor;
    }

    private void Follow<T>(Span<T> running, ReadOnlySpan<T> batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T kept = T.CreateTruncating(Momentum);
        T taken = T.One - kept;
        for (int c = 0; c < running.Length; c++)
        {
            running[c] = (running[c] * kept) + (batch[c] * taken);
        }
    }
}
