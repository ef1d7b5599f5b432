using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.ConvTranspose;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// A transposed convolution layer in one operation: Y = activation(the gradient by its input of the convolution from Y to X, plus b) with X [N, C, H, W] or
/// [N, C, L], W [C, M/groups, kH, kW] or [C, M/groups, k] and optionally b [M]. Along each axis Y has
/// stride · (H - 1) + output padding + (k - 1) · dilation + 1 - pads elements.
/// </summary>
/// <param name="attributes">Strides, pads, dilations, groups and output padding; those that are null are 1, and both paddings 0.</param>
/// <param name="activation">Applied to the sum.</param>
public sealed class ConvTransposeFunction(Record attributes, ActivationKind activation = ActivationKind.None) : Function
{
    /// <summary>The attributes.</summary>
    public Record Attributes { get; } = attributes;

    /// <summary>The activation.</summary>
    public ActivationKind Activation { get; } = activation;

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => Activation != ActivationKind.None;

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => input < 2;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        if (inputs.Length is not (2 or 3))
        {
            throw new ArgumentException($"ConvTranspose: expected X, W and optionally a bias, got {inputs.Length} inputs.", nameof(inputs));
        }

        Shape x = inputs[0];
        Shape w = inputs[1];
        if (x.Rank is not (3 or 4) || w.Rank != x.Rank || w[0] != x[1])
        {
            string expected = w.Rank == 3 ? $"[N,{w[0]},L]" : $"[N,{(w.Rank == 4 ? w[0] : "C")},H,W]";
            throw new ArgumentException($"ConvTranspose: expected X of shape {expected} for W {w}, got {x}.", nameof(inputs));
        }

        ConvolutionGeometry g = ConvolutionAttributes.Geometry(x, w, Attributes);
        if (inputs.Length == 3 && inputs[2] != [g.InputChannels])
        {
            throw new ArgumentException($"ConvTranspose: expected a bias of shape [{g.InputChannels}], got {inputs[2]}.", nameof(inputs));
        }

        g.Validate();
        if (x[^1] != g.OutputWidth || (x.Rank == 4 && x[2] != g.OutputHeight))
        {
            throw new ArgumentException($"ConvTranspose: expected an output padding smaller than the stride, got {Attributes}.", nameof(inputs));
        }

        return x.Rank == 3 ? [x[0], g.InputChannels, g.InputWidth] : [x[0], g.InputChannels, g.InputHeight, g.InputWidth];
    }

    /// <inheritdoc/>
    internal override bool CanScratchOutputGradient => true;

    /// <inheritdoc/>
    public override int ScratchLength(ReadOnlySpan<Shape> inputs) => Activation == ActivationKind.None ? 0 : InferShape(inputs).Length;

    /// <inheritdoc/>
    public override long MultiplyAdds(ReadOnlySpan<Shape> inputs) => (long)inputs[0].Length * inputs[1].LengthOf(1..);

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        ConvolutionGeometry g = ConvolutionAttributes.Geometry(context.InputShape(0), context.InputShape(1), Attributes);
        Convolution.ForwardTransposed(in g, context.Input(0), context.Input(1), context.InputCount > 2 ? context.Input(2) : [], context.Output, Activation, context.Workers);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        ConvolutionGeometry g = ConvolutionAttributes.Geometry(context.InputShape(0), context.InputShape(1), Attributes);
        ReadOnlySpan<T> dz = FusedActivation.GradientBefore(Activation, context);
        if (context.InputCount > 2 && context.NeedsGradient(2))
        {
            Convolution.SumChannels(dz, context.InputGradient(2), g.Batch, g.InputChannels, g.InputArea, context.Accumulates(2), context.Workers);
        }

        if (context.NeedsGradient(1))
        {
            Convolution.BackwardWeights(in g, dz, context.Input(0), context.InputGradient(1), context.Accumulates(1), context.Workers);
        }

        if (context.NeedsGradient(0))
        {
            if (context.Accumulates(0))
            {
                Convolution.AddForward(in g, dz, context.Input(1), context.InputGradient(0), context.Workers);
            }
            else
            {
                Convolution.Forward(in g, dz, context.Input(1), [], context.InputGradient(0), ActivationKind.None, context.Workers);
            }
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return FusedActivation.Emit(Activation, sink, sink.Add(ConvolutionAttributes.Complete(Attributes, shapes[1]), inputs));
    }
}
