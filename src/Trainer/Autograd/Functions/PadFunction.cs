using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Operators = Toolkit.Onnx.Operators;
using Record = Toolkit.Onnx.Operators.Pad;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>Zeros before and after the elements of each axis.</summary>
public sealed class PadFunction : Function
{
    private readonly int[] _begins;
    private readonly int[] _ends;

    /// <summary>Makes the function.</summary>
    /// <param name="begins">Zeros before, for every axis; 0 for the batch.</param>
    /// <param name="ends">Zeros after, for every axis; 0 for the batch.</param>
    /// <exception cref="ArgumentException">The lists differ in length, or a number is negative.</exception>
    public PadFunction(ReadOnlySpan<int> begins, ReadOnlySpan<int> ends)
    {
        _begins = begins.ToArray();
        _ends = ends.ToArray();
        if (begins.Length != ends.Length || _begins.Concat(_ends).Any(pad => pad < 0))
        {
            throw new ArgumentException($"Pad: expected two lists of one length and of numbers from 0 on, got ({string.Join(", ", _begins)}) and ({string.Join(", ", _ends)}).", nameof(begins));
        }
    }

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 1);
        Shape shape = inputs[0];
        return shape.Rank == _begins.Length
            ? [.. Enumerable.Range(0, shape.Rank).Select(axis => _begins[axis] + shape[axis] + _ends[axis])]
            : throw new ArgumentException($"Pad: expected an input of rank {_begins.Length}, got {shape}.", nameof(inputs));
    }

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        StridedAxes walk = Walk(context.InputShape(0), context.OutputShape, isBackward: false, out int offset);
        context.Output.Clear();
        Strided.Copy(context.Input(0), context.Output[offset..], walk);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        StridedAxes walk = Walk(context.InputShape(0), context.OutputShape, isBackward: true, out int offset);
        if (context.Accumulates(0))
        {
            Strided.Add(context.OutputGradient[offset..], context.InputGradient(0), walk);
        }
        else
        {
            Strided.Copy(context.OutputGradient[offset..], context.InputGradient(0), walk);
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        long[] pads = [.. _begins.Concat(_ends).Select(pad => (long)pad)];
        return sink.Add(new Record(Operators.PadMode.Constant), inputs[0], sink.Constant("pads", Tensor.Vector<long>(pads)), sink.Constant("zero", Tensor.Scalar(0f)));
    }

    private StridedAxes Walk(Shape input, Shape output, bool isBackward, out int offset)
    {
        offset = 0;
        int inputStride = 1;
        int outputStride = 1;
        var walk = new StridedAxes();
        for (int axis = input.Rank - 1; axis >= 0; axis--)
        {
            walk.AddOuter(input[axis], isBackward ? outputStride : inputStride, isBackward ? inputStride : outputStride);
            offset += _begins[axis] * outputStride;
            inputStride *= input[axis];
            outputStride *= output[axis];
        }

        return walk;
    }
}
