using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A window operator whose pads follow from its input's size: the kernel is made once that is known.</summary>
internal sealed class AutoPadKernel(WindowOperator op, Func<WindowOperator, OperatorKernel> prepare) : OperatorKernel
{
    /// <inheritdoc/>
    public override OperatorKernel For(ReadOnlySpan<Shape> inputs) => prepare(op.PaddedFor(inputs[0].Dimensions[2..]));

    /// <inheritdoc/>
    public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => For(inputs).ScratchBytes(inputs, outputs);

    /// <inheritdoc/>
    public override void Run(in KernelArguments arguments) => For([arguments.InputShape(0)]).Run(arguments);
}
