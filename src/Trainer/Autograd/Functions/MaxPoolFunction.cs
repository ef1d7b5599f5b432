using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.MaxPool;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>The greatest element of each window; the gradient goes to it, to the first of equals.</summary>
/// <param name="vertical">The windows along H; null for inputs [N, C, L].</param>
/// <param name="horizontal">The windows along W, or L.</param>
/// <exception cref="ArgumentException">The windows make no sense.</exception>
public sealed class MaxPoolFunction(PoolingAxis? vertical, PoolingAxis horizontal) : PoolFunction(vertical, horizontal)
{
    private bool _isOfRelu;

    /// <inheritdoc/>
    internal override Function? TakeReluDerivative() => new MaxPoolFunction(HasRows ? Vertical : null, Horizontal) { _isOfRelu = true };

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) =>
        Pooling.MaxForward(context.Input(0), context.Output, [], Geometry(context.InputShape(0)), context.Workers);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) =>
        Pooling.MaxBackward(context.Input(0), context.OutputGradient, context.InputGradient(0), Geometry(context.InputShape(0)), context.Workers, context.Accumulates(0), _isOfRelu);

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(KernelShape, Strides, Pads, Dilations), inputs);
    }
}
