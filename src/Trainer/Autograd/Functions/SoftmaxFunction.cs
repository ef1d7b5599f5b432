using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.Softmax;
using Record = Toolkit.Onnx.Operators.Softmax;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = exp(x - max x) / Σ exp(x - max x) over the last axis; dx = y · (dy - Σ dy · y).</summary>
public sealed class SoftmaxFunction : UnaryFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static SoftmaxFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Shape shape = base.InferShape(inputs);
        Require.AtLeastRank(this, shape, 1);
        return shape;
    }

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        int columns = context.OutputShape[^1];
        Kernel.Forward(context.Input(0), context.Output, context.OutputShape.Length / columns, columns, context.Workers);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        int columns = context.OutputShape[^1];
        Kernel.Backward(
            context.Output,
            context.OutputGradient,
            context.InputGradient(0),
            context.OutputShape.Length / columns,
            columns,
            context.Workers,
            context.Accumulates(0));
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(Axis: -1), inputs);
    }
}
