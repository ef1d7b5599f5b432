using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.Slice;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>Some of the elements along an axis: start, start + step, …; the gradient of the others is 0.</summary>
public sealed class SliceFunction : Function
{
    private readonly int _axis;

    /// <summary>Makes the function.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="start">The first element.</param>
    /// <param name="length">How many are taken.</param>
    /// <param name="step">The distance between them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The start is negative, or length or step is below 1.</exception>
    public SliceFunction(int axis, int start, int length, int step = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        _axis = axis;
        Start = start;
        Length = length;
        Step = step;
    }

    /// <summary>The first element.</summary>
    public int Start { get; }

    /// <summary>How many are taken.</summary>
    public int Length { get; }

    /// <summary>The distance between them.</summary>
    public int Step { get; }

    private int Last => Start + ((Length - 1) * Step);

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 1);
        Shape shape = inputs[0];
        int axis = Require.Axis(this, shape, _axis);
        if (Last >= shape[axis])
        {
            throw new ArgumentException($"Slice: element {Last} of axis {axis} is not there; {shape} has {shape[axis]}.", nameof(inputs));
        }

        int[] sizes = [.. shape.Dimensions];
        sizes[axis] = Length;
        return new Shape(sizes);
    }

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        StridedAxes walk = Walk(context.InputShape(0), isBackward: false, out int offset);
        Strided.Copy(context.Input(0)[offset..], context.Output, walk);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        StridedAxes walk = Walk(context.InputShape(0), isBackward: true, out int offset);
        Span<T> gradient = context.InputGradient(0);
        if (context.Accumulates(0))
        {
            Strided.Add(context.OutputGradient, gradient[offset..], walk);
        }
        else
        {
            gradient.Clear();
            Strided.Copy(context.OutputGradient, gradient[offset..], walk);
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(
            new Record(),
            inputs[0],
            sink.Constant("starts", Tensor.Vector<long>(Start)),
            sink.Constant("ends", Tensor.Vector<long>(Last + 1)),
            sink.Constant("axes", Tensor.Vector<long>(Require.Axis(this, shapes[0], _axis))),
            sink.Constant("steps", Tensor.Vector<long>(Step)));
    }

    private StridedAxes Walk(Shape input, bool isBackward, out int offset)
    {
        int axis = _axis < 0 ? _axis + input.Rank : _axis;
        int inner = 1;
        for (int i = axis + 1; i < input.Rank; i++)
        {
            inner *= input[i];
        }

        int outer = input.Length / (inner * input[axis]);
        offset = Start * inner;
        var walk = new StridedAxes();
        Add(ref walk, inner, 1, 1, isBackward);
        Add(ref walk, Length, Step * inner, inner, isBackward);
        Add(ref walk, outer, input[axis] * inner, Length * inner, isBackward);
        return walk;
    }

    private static void Add(ref StridedAxes walk, int size, int input, int output, bool isBackward) =>
        walk.AddOuter(size, isBackward ? output : input, isBackward ? input : output);
}
