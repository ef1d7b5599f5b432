using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.Transpose;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>The axes in another order: axis i of the output is axis permutation[i] of the input.</summary>
public sealed class TransposeFunction : Function
{
    private readonly int[] _permutation;

    /// <summary>Makes the function.</summary>
    /// <param name="permutation">Every axis from 0 on, once.</param>
    /// <exception cref="ArgumentException">An axis is missing, or there twice.</exception>
    public TransposeFunction(params ReadOnlySpan<int> permutation)
    {
        _permutation = permutation.ToArray();
        if (!_permutation.Order().SequenceEqual(Enumerable.Range(0, _permutation.Length)))
        {
            throw new ArgumentException($"Transpose: expected an order of the axes from 0 to {_permutation.Length - 1}, got ({string.Join(", ", _permutation)}).", nameof(permutation));
        }
    }

    /// <summary>The input's axis of each of the output's.</summary>
    public IReadOnlyList<int> Permutation => _permutation;

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 1);
        Shape shape = inputs[0];
        return shape.Rank == _permutation.Length
            ? [.. _permutation.Select(axis => shape[axis])]
            : throw new ArgumentException($"Transpose: expected an input of rank {_permutation.Length}, as the permutation ({string.Join(", ", _permutation)}) has, got {shape}.", nameof(inputs));
    }

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) =>
        Strided.Copy(context.Input(0), context.Output, Walk(context.InputShape(0), context.OutputShape, isBackward: false));

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        StridedAxes walk = Walk(context.InputShape(0), context.OutputShape, isBackward: true);
        if (context.Accumulates(0))
        {
            Strided.Add(context.OutputGradient, context.InputGradient(0), walk);
        }
        else
        {
            Strided.Copy(context.OutputGradient, context.InputGradient(0), walk);
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record([.. _permutation.Select(axis => (long)axis)]), inputs);
    }

    private StridedAxes Walk(Shape input, Shape output, bool isBackward)
    {
        Span<int> strides = stackalloc int[Shape.MaxRank];
        int stride = 1;
        for (int axis = input.Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= input[axis];
        }

        var walk = new StridedAxes();
        stride = 1;
        for (int axis = output.Rank - 1; axis >= 0; axis--)
        {
            int other = strides[_permutation[axis]];
            walk.AddOuter(output[axis], isBackward ? stride : other, isBackward ? other : stride);
            stride *= output[axis];
        }

        return walk;
    }
}
