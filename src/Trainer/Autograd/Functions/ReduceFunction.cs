using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>A sum over axes, times a factor.</summary>
public abstract class ReduceFunction : Function
{
    private readonly int[] _axes;

    private protected ReduceFunction(ReadOnlySpan<int> axes, bool keepDims)
    {
        _axes = axes.ToArray();
        KeepDims = keepDims;
    }

    /// <summary>The axes that are summed over, negative counted from the end; all of them where empty.</summary>
    public IReadOnlyList<int> Axes => _axes;

    /// <summary>Whether an axis that was summed over stays, with size 1.</summary>
    public bool KeepDims { get; }

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 1);
        Shape shape = inputs[0];
        int[] axes = [.. _axes.Select(axis => Require.Axis(this, shape, axis))];
        if (axes.Distinct().Count() != axes.Length)
        {
            throw new ArgumentException($"{Name}: expected axes that differ, got ({string.Join(", ", _axes)}) for {shape}.", nameof(inputs));
        }

        var sizes = new List<int>();
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            bool isReduced = axes.Length == 0 || axes.Contains(axis);
            if (!isReduced || KeepDims)
            {
                sizes.Add(isReduced ? 1 : shape[axis]);
            }
        }

        return [.. sizes];
    }

    /// <summary>What the sum is multiplied by.</summary>
    private protected abstract double Factor(int inputLength, int outputLength);

    /// <inheritdoc/>
    public override int ScratchLength(ReadOnlySpan<Shape> inputs) => InferShape(inputs).Length;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        context.Output.Clear();
        Strided.Add(context.Input(0), context.Output, Walk(context.InputShape(0), isBackward: false));
        Scale(context, context.Output, context.Output);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        Span<T> gradient = context.Scratch;
        Scale(context, context.OutputGradient, gradient);
        StridedAxes walk = Walk(context.InputShape(0), isBackward: true);
        if (context.Accumulates(0))
        {
            Strided.Add<T>(gradient, context.InputGradient(0), walk);
        }
        else
        {
            Strided.Copy<T>(gradient, context.InputGradient(0), walk);
        }
    }

    /// <summary>Adds the constant that names the axes, if there are any, to the input's name.</summary>
    private protected string[] EmittedInputs(IOperatorSink sink, ReadOnlySpan<string> inputs, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(sink);
        long[] axes = [.. _axes.Select(axis => (long)Require.Axis(this, shape, axis))];
        return axes.Length == 0 ? [inputs[0]] : [inputs[0], sink.Constant("axes", Tensor.Vector<long>(axes))];
    }

    private void Scale<T>(in FunctionContext<T> context, ReadOnlySpan<T> values, Span<T> scaled)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ElementWise.Unary(new Affine(Factor(context.InputShape(0).Length, context.Output.Length), 0), values, scaled, context.Workers);

    private StridedAxes Walk(Shape shape, bool isBackward)
    {
        var walk = new StridedAxes();
        int stride = 1;
        int reducedStride = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            bool isReduced = _axes.Length == 0 || _axes.AsSpan().Contains(axis) || _axes.AsSpan().Contains(axis - shape.Rank);
            int other = isReduced ? 0 : reducedStride;
            walk.AddOuter(shape[axis], isBackward ? other : stride, isBackward ? stride : other);
            stride *= shape[axis];
            reducedStride *= isReduced ? 1 : shape[axis];
        }

        return walk;
    }
}
