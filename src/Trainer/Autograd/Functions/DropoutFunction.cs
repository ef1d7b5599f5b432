using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// Inverted dropout (Srivastava et al., JMLR 15, 2014): in training y = x / (1 - rate) where an element is kept, 0 with probability
/// <c>rate</c>; in inference y = x. Which are kept depends on (seed, stream, step, element) alone, so backward draws the mask again.
/// </summary>
public sealed class DropoutFunction : UnaryFunction
{
    private readonly ulong _seed;
    private readonly ulong _stream;

    /// <summary>Makes the function.</summary>
    /// <param name="rate">The probability of 0, in [0, 1).</param>
    /// <param name="seed">The seed, as in <see cref="CounterRandom"/>.</param>
    /// <param name="stream">The stream, one a layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public DropoutFunction(float rate, ulong seed, ulong stream)
    {
        Rate = rate is >= 0 and < 1
            ? rate
            : throw new ArgumentOutOfRangeException(nameof(rate), $"Dropout: expected a rate in [0, 1), got {rate}.");
        _seed = seed;
        _stream = stream;
    }

    /// <summary>The probability of 0.</summary>
    public float Rate { get; }

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    internal override bool CanOverwrite(int input) => true;

    /// <inheritdoc/>
    internal override GradientFlow Flow(int input, ReadOnlySpan<Shape> inputs) => GradientFlow.InPlace;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        if (context.IsTraining)
        {
            DropoutMask.Apply(context.Input(0), context.Output, Rate, _seed, _stream, Position(context.Step));
        }
        else
        {
            context.Input(0).CopyTo(context.Output);
        }
    }

    /// <inheritdoc/>
    public override int ScratchLength(ReadOnlySpan<Shape> inputs) => inputs[0].Length;

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        if (!context.IsTraining)
        {
            GradientMath.Pass(context);
            return;
        }

        Span<T> gradient = context.InputGradient(0);
        if (!context.Accumulates(0))
        {
            DropoutMask.Apply(context.OutputGradient, gradient, Rate, _seed, _stream, Position(context.Step));
            return;
        }

        DropoutMask.Apply(context.OutputGradient, context.Scratch, Rate, _seed, _stream, Position(context.Step));
        ElementWise.Binary(default(Add), gradient, context.Scratch, gradient, context.Workers);
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes) => inputs[0];

    // A tensor has fewer than 2^31 elements, so steps never share a number of the stream.
    private static ulong Position(ulong step) => step << 32;
}
