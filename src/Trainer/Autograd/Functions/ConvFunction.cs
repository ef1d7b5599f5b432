using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.Conv;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// A convolution layer in one operation: Y = activation(X ∗ W + b) with X [N, C, H, W] or [N, C, L], W [M, C/groups, kH, kW] or [M, C/groups, k] and
/// optionally b [M]. The activation runs in the epilogue, and its derivative is a function of Y.
/// </summary>
/// <param name="attributes">Strides, pads, dilations and groups; those that are null are 1, and pads 0.</param>
/// <param name="activation">Applied to the sum.</param>
public sealed class ConvFunction(Record attributes, ActivationKind activation = ActivationKind.None) : Function
{
    /// <summary>The attributes.</summary>
    public Record Attributes { get; } = attributes;

    /// <summary>The activation.</summary>
    public ActivationKind Activation { get; } = activation;

    /// <summary>Whether the output's gradient comes as that before the activation.</summary>
    internal bool LeavesDerivative { get; private init; }

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => DerivesActivation;

    /// <inheritdoc/>
    internal override bool CanScratchOutputGradient => true;

    private bool DerivesActivation => Activation != ActivationKind.None && !LeavesDerivative;

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => input < 2;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        if (inputs.Length is not (2 or 3))
        {
            throw new ArgumentException($"Conv: expected X, W and optionally a bias, got {inputs.Length} inputs.", nameof(inputs));
        }

        Shape x = inputs[0];
        Shape w = inputs[1];
        if (x.Rank is not (3 or 4) || w.Rank != x.Rank || w[1] * Attributes.Group != x[1])
        {
            string expected = w.Rank == 3 ? $"[N,{w[1] * Attributes.Group},L]" : $"[N,{(w.Rank == 4 ? w[1] * Attributes.Group : "C")},H,W]";
            throw new ArgumentException($"Conv: expected X of shape {expected} for W {w} in {Attributes.Group} group(s), got {x}.", nameof(inputs));
        }

        if (inputs.Length == 3 && inputs[2] != [w[0]])
        {
            throw new ArgumentException($"Conv: expected a bias of shape [{w[0]}], got {inputs[2]}.", nameof(inputs));
        }

        ConvolutionGeometry g = ConvolutionAttributes.Geometry(x, w, Attributes);
        g.Validate();
        return x.Rank == 3 ? [x[0], w[0], g.OutputWidth] : [x[0], w[0], g.OutputHeight, g.OutputWidth];
    }

    /// <inheritdoc/>
    public override int ScratchLength(ReadOnlySpan<Shape> inputs) => DerivesActivation ? InferShape(inputs).Length : 0;

    /// <inheritdoc/>
    internal override Function? LeaveReluDerivative() =>
        Activation == ActivationKind.Relu ? new ConvFunction(Attributes, Activation) { LeavesDerivative = true } : null;

    /// <inheritdoc/>
    public override long MultiplyAdds(ReadOnlySpan<Shape> inputs) => (long)InferShape(inputs).Length * inputs[1].LengthOf(1..);

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        ConvolutionGeometry g = ConvolutionAttributes.Geometry(context.InputShape(0), context.InputShape(1), Attributes);
        Convolution.Forward(in g, context.Input(0), context.Input(1), context.InputCount > 2 ? context.Input(2) : [], context.Output, Activation, context.Workers);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        ConvolutionGeometry g = ConvolutionAttributes.Geometry(context.InputShape(0), context.InputShape(1), Attributes);
        bool hasBias = context.InputCount > 2 && context.NeedsGradient(2);
        Convolution.Backward(
            in g,
            new ConvolutionGradients<T>
            {
                X = context.Input(0),
                W = context.Input(1),
                Y = DerivesActivation ? context.Output : [],
                Dy = context.OutputGradient,
                Activation = DerivesActivation ? Activation : ActivationKind.None,
                Scratch = DerivesActivation ? context.Scratch : [],
                Dx = context.NeedsGradient(0) ? context.InputGradient(0) : [],
                AccumulatesDx = context.NeedsGradient(0) && context.Accumulates(0),
                Dw = context.NeedsGradient(1) ? context.InputGradient(1) : [],
                AccumulatesDw = context.NeedsGradient(1) && context.Accumulates(1),
                Db = hasBias ? context.InputGradient(2) : [],
                AccumulatesDb = hasBias && context.Accumulates(2),
            },
            context.Workers);
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return FusedActivation.Emit(Activation, sink, sink.Add(ConvolutionAttributes.Complete(Attributes, shapes[1]), inputs));
    }
}
