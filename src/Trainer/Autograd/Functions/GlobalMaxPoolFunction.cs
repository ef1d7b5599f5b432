using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.GlobalMaxPool;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>The greatest element of each plane; the gradient goes to it, to the first of equals.</summary>
/// <param name="keepDims">Whether the axes behind C stay, with size 1.</param>
public sealed class GlobalMaxPoolFunction(bool keepDims = false) : GlobalPoolFunction(keepDims)
{
    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        Shape x = context.InputShape(0);
        Pooling.GlobalMax(context.Input(0), context.Output, [], Planes(x), PlaneLength(x), context.Workers);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        Shape x = context.InputShape(0);
        Pooling.GlobalMaxBackward(context.Input(0), context.OutputGradient, context.InputGradient(0), Planes(x), PlaneLength(x), context.Workers, context.Accumulates(0));
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes) => Emit(sink, new Record(), inputs);
}
