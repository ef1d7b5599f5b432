using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.Concat;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>The inputs one after another along an axis; the other axes have equal sizes.</summary>
/// <param name="axis">The axis; negative counts from the end.</param>
public sealed class ConcatFunction(int axis) : Function
{
    /// <summary>The axis; negative counts from the end.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        if (inputs.Length == 0)
        {
            throw new ArgumentException("Concat: expected 1 input or more, got 0.", nameof(inputs));
        }

        int[] sizes = [.. inputs[0].Dimensions];
        int axis = Require.Axis(this, inputs[0], Axis);
        for (int i = 1; i < inputs.Length; i++)
        {
            Shape other = inputs[i];
            bool fits = other.Rank == sizes.Length;
            for (int k = 0; fits && k < sizes.Length; k++)
            {
                fits = k == axis || other[k] == sizes[k];
            }

            if (!fits)
            {
                throw new ArgumentException($"Concat: expected inputs that differ along axis {axis} alone, got {inputs[0]} and {other}.", nameof(inputs));
            }

            sizes[axis] += other[axis];
        }

        return new Shape(sizes);
    }

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        int offset = 0;
        for (int input = 0; input < context.InputCount; input++)
        {
            int block = Block(context.InputShape(input));
            Strided.Copy(context.Input(input), context.Output[offset..], Walk(context, input, block, isBackward: false));
            offset += block;
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        int offset = 0;
        for (int input = 0; input < context.InputCount; input++)
        {
            int block = Block(context.InputShape(input));
            if (context.NeedsGradient(input))
            {
                StridedAxes walk = Walk(context, input, block, isBackward: true);
                if (context.Accumulates(input))
                {
                    Strided.Add(context.OutputGradient[offset..], context.InputGradient(input), walk);
                }
                else
                {
                    Strided.Copy(context.OutputGradient[offset..], context.InputGradient(input), walk);
                }
            }

            offset += block;
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(Require.Axis(this, shapes[0], Axis)), inputs);
    }

    private StridedAxes Walk<T>(in FunctionContext<T> context, int input, int block, bool isBackward)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        int outputBlock = Block(context.OutputShape);
        var walk = new StridedAxes();
        walk.AddOuter(block, 1, 1);
        walk.AddOuter(block == 0 ? 0 : context.InputShape(input).Length / block, isBackward ? outputBlock : block, isBackward ? block : outputBlock);
        return walk;
    }

    // The elements from the axis on: what lies together of one input.
    private int Block(Shape shape)
    {
        int length = 1;
        for (int i = Axis < 0 ? Axis + shape.Rank : Axis; i < shape.Rank; i++)
        {
            length *= shape[i];
        }

        return length;
    }
}
