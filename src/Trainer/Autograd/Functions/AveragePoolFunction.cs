using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.AveragePool;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>The mean of each window's elements inside the plane: padding does not count, as in Keras and by ONNX's default.</summary>
/// <param name="vertical">The windows along H; null for inputs [N, C, L].</param>
/// <param name="horizontal">The windows along W, or L.</param>
/// <exception cref="ArgumentException">The windows make no sense.</exception>
public sealed class AveragePoolFunction(PoolingAxis? vertical, PoolingAxis horizontal) : PoolFunction(vertical, horizontal)
{
    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => false;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) =>
        Pooling.AverageForward(context.Input(0), context.Output, Geometry(context.InputShape(0)), false, context.Workers);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) =>
        Pooling.AverageBackward(context.OutputGradient, context.InputGradient(0), Geometry(context.InputShape(0)), false, context.Workers, context.Accumulates(0));

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);

        // Dilations are an attribute since opset 19 alone; they are 1 here.
        return sink.Add(new Record(KernelShape, Strides, Pads, Horizontal.Dilation == 1 && Vertical.Dilation == 1 ? null : Dilations, CountIncludePad: false), inputs);
    }
}
