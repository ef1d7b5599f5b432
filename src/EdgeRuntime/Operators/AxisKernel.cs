using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// A normalisation along one axis, done on rows. An axis that is not the innermost is brought there and back, in scratch memory.
/// </summary>
internal abstract class AxisKernel<T>(int axis) : OperatorKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override bool CanOverwrite(int input) => true;

    /// <inheritdoc/>
    public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) =>
        InnerOf(inputs[0]) == 1 ? 0 : (long)inputs[0].Length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();

    /// <inheritdoc/>
    public override void Run(in KernelArguments arguments)
    {
        Shape shape = arguments.InputShape(0);
        ReadOnlySpan<T> x = arguments.Input<T>(0);
        Span<T> y = arguments.Output<T>(0);
        if (y.Length == 0)
        {
            return;
        }

        int columns = shape.Rank == 0 ? 1 : shape[shape.NormalizeAxis(axis)];
        int inner = InnerOf(shape);
        if (inner == 1)
        {
            Rows(x, y, y.Length / columns, columns, arguments.Workers);
            return;
        }

        int block = columns * inner;
        int outer = y.Length / block;
        Span<T> rows = arguments.Scratch<T>(y.Length);
        StridedCopy.Run(x, 0, [block, 1, inner], [outer, inner, columns], rows);
        Rows(rows, rows, outer * inner, columns, arguments.Workers);
        StridedCopy.Run<T>(rows, 0, [block, 1, columns], [outer, columns, inner], y);
    }

    /// <summary>Normalises the rows of a [rows, columns] matrix; x and y may be the same memory.</summary>
    protected abstract void Rows(ReadOnlySpan<T> x, Span<T> y, int rows, int columns, WorkerPool workers);

    private int InnerOf(Shape shape) => shape.Rank == 0 ? 1 : shape.LengthOf((shape.NormalizeAxis(axis) + 1)..);
}
