using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.ReduceMean;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = the mean of x over the axes; dx = dy / the number of elements that each mean is of, repeated along them.</summary>
/// <param name="axes">The axes, negative counted from the end; all of them where empty.</param>
/// <param name="keepDims">Whether an axis that was summed over stays, with size 1.</param>
public sealed class ReduceMeanFunction(ReadOnlySpan<int> axes, bool keepDims = false) : ReduceFunction(axes, keepDims)
{
    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes) =>
        sink.Add(new Record(KeepDims), EmittedInputs(sink, inputs, shapes[0]));

    /// <inheritdoc/>
    private protected override double Factor(int inputLength, int outputLength) => (double)outputLength / inputLength;
}
