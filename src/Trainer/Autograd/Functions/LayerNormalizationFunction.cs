using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.LayerNormalization;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// Layer normalization (Ba et al., 2016): y = scale · (x - mean) / √(variance + ε) + bias with mean and population variance of each sample over the axes from
/// <c>axis</c> on. Inputs: x, scale and optionally bias, both of these axes' shape.
/// </summary>
/// <param name="axis">The first axis that is normalised; negative counts from the end.</param>
/// <param name="epsilon">ε, what keeps the root away from 0: 1e-3 in Keras, 1e-5 in ONNX and PyTorch.</param>
public sealed class LayerNormalizationFunction(int axis = -1, float epsilon = 1e-3f) : Function
{
    /// <summary>The first axis that is normalised; negative counts from the end.</summary>
    public int Axis { get; } = axis;

    /// <summary>ε.</summary>
    public float Epsilon { get; } = epsilon;

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => input < 2;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        if (inputs.Length is not (2 or 3))
        {
            throw new ArgumentException($"LayerNormalization: expected x, scale and optionally a bias, got {inputs.Length} inputs.", nameof(inputs));
        }

        Shape x = inputs[0];
        var normalized = new Shape(x.Dimensions[Require.Axis(this, x, Axis)..]);
        for (int input = 1; input < inputs.Length; input++)
        {
            if (inputs[input] != normalized)
            {
                throw new ArgumentException($"LayerNormalization: expected input {input} of shape {normalized}, the last axes of x {x}, got {inputs[input]}.", nameof(inputs));
            }
        }

        return x;
    }

    /// <inheritdoc/>
    public override int WorkspaceLength(ReadOnlySpan<Shape> inputs) => 2 * (inputs[0].Length / inputs[1].Length);

    /// <inheritdoc/>
    public override int ScratchLength(ReadOnlySpan<Shape> inputs) => 2 * inputs[1].Length;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        int columns = context.InputShape(1).Length;
        int rows = context.InputShape(0).Length / columns;
        Normalization.LayerForward(
            context.Input(0),
            context.Input(1),
            context.InputCount > 2 ? context.Input(2) : [],
            T.CreateTruncating(Epsilon),
            context.Output,
            context.Workspace[..rows],
            context.Workspace.Slice(rows, rows),
            rows,
            columns,
            context.Workers);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        int columns = context.InputShape(1).Length;
        int rows = context.InputShape(0).Length / columns;
        Span<T> dscale = context.NeedsGradient(1) ? context.Scratch[..columns] : [];
        Span<T> dbias = context.InputCount > 2 && context.NeedsGradient(2) ? context.Scratch.Slice(columns, columns) : [];
        Normalization.LayerBackward(
            context.Input(0),
            context.Input(1),
            context.Workspace[..rows],
            context.Workspace.Slice(rows, rows),
            context.OutputGradient,
            context.NeedsGradient(0) ? context.InputGradient(0) : [],
            dscale,
            dbias,
            rows,
            columns,
            context.Workers,
            context.Accumulates(0));
        Give(context, 1, dscale);
        Give(context, 2, dbias);
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(Require.Axis(this, shapes[0], Axis), Epsilon), inputs);
    }

    private static void Give<T>(in FunctionContext<T> context, int input, ReadOnlySpan<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (gradient.IsEmpty)
        {
            return;
        }

        Span<T> target = context.InputGradient(input);
        if (context.Accumulates(input))
        {
            ElementWise.Binary(default(Add), target, gradient, target, context.Workers);
        }
        else
        {
            gradient.CopyTo(target);
        }
    }
}
