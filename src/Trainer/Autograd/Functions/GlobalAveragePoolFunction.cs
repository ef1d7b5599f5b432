using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.GlobalAveragePool;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>The mean of each plane; dx = dy / elements of a plane.</summary>
/// <param name="keepDims">Whether the axes behind C stay, with size 1.</param>
public sealed class GlobalAveragePoolFunction(bool keepDims = false) : GlobalPoolFunction(keepDims)
{
    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => false;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        Shape x = context.InputShape(0);
        Pooling.GlobalAverage(context.Input(0), context.Output, Planes(x), PlaneLength(x), context.Workers);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        Shape x = context.InputShape(0);
        Pooling.GlobalAverageBackward(context.OutputGradient, context.InputGradient(0), Planes(x), PlaneLength(x), context.Workers, context.Accumulates(0));
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes) => Emit(sink, new Record(), inputs);
}
