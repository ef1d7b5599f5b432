using Toolkit.Numerics;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = factor · x, with dx = factor · dy.</summary>
/// <param name="factor">The factor.</param>
public sealed class ScaleFunction(double factor) : UnaryFunction
{
    /// <summary>The factor.</summary>
    public double Factor { get; } = factor;

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => false;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        T factor = T.CreateTruncating(Factor);
        ReadOnlySpan<T> x = context.Input(0);
        Span<T> y = context.Output;
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = factor * x[i];
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        T factor = T.CreateTruncating(Factor);
        ReadOnlySpan<T> dy = context.OutputGradient;
        Span<T> dx = context.InputGradient(0);
        for (int i = 0; i < dy.Length; i++)
        {
            T value = factor * dy[i];
            dx[i] = context.Accumulates(0) ? dx[i] + value : value;
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Onnx.Operators.Mul(), inputs[0], sink.Constant("factor", Tensor.From([], (float)Factor)));
    }
}
