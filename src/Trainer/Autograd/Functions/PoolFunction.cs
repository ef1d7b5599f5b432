using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>A pooling of windows over the planes of [N, C, H, W], or over the sequences of [N, C, L].</summary>
public abstract class PoolFunction : Function
{
    private protected PoolFunction(PoolingAxis? vertical, PoolingAxis horizontal)
    {
        HasRows = vertical is not null;
        Vertical = vertical ?? PoolingAxis.One;
        Horizontal = horizontal;
        Geometry(0).Validate();
    }

    /// <summary>The windows along H; one of one element where inputs are [N, C, L].</summary>
    public PoolingAxis Vertical { get; }

    /// <summary>The windows along W, or L.</summary>
    public PoolingAxis Horizontal { get; }

    /// <summary>Whether inputs are [N, C, H, W].</summary>
    private protected bool HasRows { get; }

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override Shape InferShape(ReadOnlySpan<Shape> inputs)
    {
        Require.Inputs(this, inputs, 1);
        Shape x = inputs[0];
        bool fits = HasRows ? x.Rank == 4 && x[2] == Vertical.Size : x.Rank == 3;
        if (!fits || x[^1] != Horizontal.Size)
        {
            string expected = HasRows ? $"[N,C,{Vertical.Size},{Horizontal.Size}]" : $"[N,C,{Horizontal.Size}]";
            throw new ArgumentException($"{Name}: expected an input of shape {expected}, got {x}.", nameof(inputs));
        }

        return HasRows ? [x[0], x[1], Vertical.OutputSize, Horizontal.OutputSize] : [x[0], x[1], Horizontal.OutputSize];
    }

    private protected PoolingGeometry Geometry(int planes) => new(planes, Vertical, Horizontal);

    private protected PoolingGeometry Geometry(Shape x) => Geometry(x[0] * x[1]);

    private protected IntList KernelShape => HasRows ? [Vertical.Kernel, Horizontal.Kernel] : [Horizontal.Kernel];

    private protected IntList Strides => HasRows ? [Vertical.Stride, Horizontal.Stride] : [Horizontal.Stride];

    private protected IntList Dilations => HasRows ? [Vertical.Dilation, Horizontal.Dilation] : [Horizontal.Dilation];

    private protected IntList Pads => HasRows
        ? [Vertical.PadBegin, Horizontal.PadBegin, Vertical.PadEnd, Horizontal.PadEnd]
        : [Horizontal.PadBegin, Horizontal.PadEnd];
}
