using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Kernel = Toolkit.Numerics.Kernels.Relu;
using Record = Toolkit.Onnx.Operators.Relu;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = max(0, x); dx = dy where y &gt; 0, else 0.</summary>
public sealed class ReluFunction : UnaryFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static ReluFunction Instance { get; } = new();

    /// <inheritdoc/>
    internal override bool CanOverwrite(int input) => true;

    /// <inheritdoc/>
    internal override GradientFlow Flow(int input, ReadOnlySpan<Shape> inputs) => GradientFlow.InPlace;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) =>
        ElementWise.Unary(default(Kernel), context.Input(0), context.Output, context.Workers);

    // The derivative is a function of the output: the output stands in for the input, which need not be kept.

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) =>
        ElementWise.UnaryBackward(default(Kernel), context.Output, context.Output, context.OutputGradient, context.InputGradient(0), context.Workers, context.Accumulates(0));

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(), inputs);
    }
}
