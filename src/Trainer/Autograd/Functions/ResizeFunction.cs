using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Record = Toolkit.Onnx.Operators.Resize;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// Images [N, C, H, W] enlarged by whole factors: each pixel repeated, or, bilinear, weighted means of the four nearest pixel centres (those outside are
/// the edge's). Written as Resize, nearest with asymmetric coordinates rounded down, or linear with half-pixel ones.
/// </summary>
public sealed class ResizeFunction : Function
{
    /// <summary>Makes the function.</summary>
    /// <param name="vertical">The factor of the height.</param>
    /// <param name="horizontal">The factor of the width.</param>
    /// <param name="isBilinear">Whether pixels are interpolated.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is below 1.</exception>
    public ResizeFunction(int vertical, int horizontal, bool isBilinear = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vertical, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizontal, 1);
        Vertical = vertical;
        Horizontal = horizontal;
        IsBilinear = isBilinear;
    }

    /// <summary>The factor of the height.</summary>
    public int Vertical { get; }

    /// <summary>The factor of the width.</summary>
    public int Horizontal { get; }

    /// <summary>Whether pixels are interpolated.</summary>
    public bool IsBilinear { get; }

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override bool BackwardReadsInput(int input) => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 1);
        Shape x = inputs[0];
        return x.Rank == 4
            ? [x[0], x[1], x[2] * Vertical, x[3] * Horizontal]
            : throw new ArgumentException($"Resize: expected an input of shape [N,C,H,W], got {x}.", nameof(inputs));
    }

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context)
    {
        Shape x = context.InputShape(0);
        int width = x[3];
        ReadOnlySpan<T> input = context.Input(0);
        Span<T> output = context.Output;
        int rows = x[0] * x[1] * x[2] * Vertical;
        for (int row = 0; row < rows; row++)
        {
            Tap<T> vertical = At<T>(row % (x[2] * Vertical), Vertical, x[2]);
            int plane = row / (x[2] * Vertical) * x[2];
            ReadOnlySpan<T> upper = input.Slice((plane + vertical.First) * width, width);
            ReadOnlySpan<T> lower = input.Slice((plane + vertical.Second) * width, width);
            Span<T> target = output.Slice(row * width * Horizontal, width * Horizontal);
            if (!IsBilinear)
            {
                Repeat(upper, target);
                continue;
            }

            for (int column = 0; column < target.Length; column++)
            {
                Tap<T> horizontal = At<T>(column, Horizontal, width);
                T top = (upper[horizontal.First] * (T.One - horizontal.Weight)) + (upper[horizontal.Second] * horizontal.Weight);
                T bottom = (lower[horizontal.First] * (T.One - horizontal.Weight)) + (lower[horizontal.Second] * horizontal.Weight);
                target[column] = (top * (T.One - vertical.Weight)) + (bottom * vertical.Weight);
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        Shape x = context.InputShape(0);
        int width = x[3];
        Span<T> gradient = context.InputGradient(0);
        if (!context.Accumulates(0))
        {
            gradient.Clear();
        }

        int rows = x[0] * x[1] * x[2] * Vertical;
        for (int row = 0; row < rows; row++)
        {
            Tap<T> vertical = At<T>(row % (x[2] * Vertical), Vertical, x[2]);
            int plane = row / (x[2] * Vertical) * x[2];
            ReadOnlySpan<T> source = context.OutputGradient.Slice(row * width * Horizontal, width * Horizontal);
            Span<T> upper = gradient.Slice((plane + vertical.First) * width, width);
            Span<T> lower = gradient.Slice((plane + vertical.Second) * width, width);
            if (!IsBilinear)
            {
                SumRepeated(source, upper);
                continue;
            }

            for (int column = 0; column < source.Length; column++)
            {
                Tap<T> horizontal = At<T>(column, Horizontal, width);
                T top = source[column] * (T.One - vertical.Weight);
                T bottom = source[column] * vertical.Weight;
                upper[horizontal.First] += top * (T.One - horizontal.Weight);
                upper[horizontal.Second] += top * horizontal.Weight;
                lower[horizontal.First] += bottom * (T.One - horizontal.Weight);
                lower[horizontal.Second] += bottom * horizontal.Weight;
            }
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        Record record = IsBilinear
            ? new Record(ResizeMode.Linear, CoordinateTransformation.HalfPixel)
            : new Record(ResizeMode.Nearest, CoordinateTransformation.Asymmetric, NearestMode.Floor);

        // The empty name leaves out the region of interest, which these modes do not have.
        return sink.Add(record, inputs[0], "", sink.Constant("scales", Tensor.Vector(1f, 1f, Vertical, Horizontal)));
    }

    private void Repeat<T>(ReadOnlySpan<T> source, Span<T> target)
        where T : unmanaged
    {
        int position = 0;
        foreach (T value in source)
        {
            for (int i = 0; i < Horizontal; i++)
            {
                target[position++] = value;
            }
        }
    }

    private void SumRepeated<T>(ReadOnlySpan<T> source, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int position = 0;
        foreach (ref T sum in target)
        {
            for (int i = 0; i < Horizontal; i++)
            {
                sum += source[position++];
            }
        }
    }

    // Where an output pixel lies between two input pixels, and how far from the first.
    private Tap<T> At<T>(int index, int factor, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!IsBilinear)
        {
            return new Tap<T>(index / factor, index / factor, T.Zero);
        }

        double place = ((index + 0.5) / factor) - 0.5;
        int first = (int)Math.Floor(place);
        return new Tap<T>(Math.Max(first, 0), Math.Min(first + 1, size - 1), T.CreateTruncating(place - first));
    }

    private readonly record struct Tap<T>(int First, int Second, T Weight);
}
