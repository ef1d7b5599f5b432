using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// The elements of X put back where a MaxPool found them, 0 elsewhere. Inputs: X [N, C, D1, …], I (int64, X's shape: places in the
/// pooling's whole input), output_shape (optional, int64). Without output_shape an axis has (size - 1) · stride + kernel - pads
/// elements, and I counts in that shape; with it the result lies at the begin of each axis.
/// https://onnx.ai/onnx/operators/onnx__MaxUnpool.html
/// </summary>
/// <param name="KernelShape">The window's size on each spatial axis.</param>
/// <param name="Strides">The step on each spatial axis; null is 1.</param>
/// <param name="Pads">The padding at the begin of each spatial axis, then at the end of each; null is 0.</param>
public sealed record MaxUnpool(IntList KernelShape, IntList? Strides = null, IntList? Pads = null) : WindowOperator(KernelShape, Strides, Pads, null)
{
    /// <summary>The window's size on each spatial axis.</summary>
    public new IntList KernelShape => base.KernelShape!;

    internal static Operator Read(AttributeReader reader) => new MaxUnpool(
        reader.Ints("kernel_shape") ?? throw reader.Error("expected attribute 'kernel_shape', which is not optional."), reader.Ints("strides"), reader.Ints("pads"));

    /// <summary>The size of a spatial axis that was pooled to <paramref name="size"/>.</summary>
    public long PooledSize(long size, int axis) => ((size - 1) * Stride(axis)) + KernelShape[axis] - PadBegin(axis) - PadEnd(axis);

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        WriteInts(writer, "kernel_shape", KernelShape);
        WriteInts(writer, "pads", Pads);
        WriteInts(writer, "strides", Strides);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 3);
        context.RequireType(0, ElementTypeSet.Floating);
        if (context.Type(1) is not (ElementType.Undefined or ElementType.Int64))
        {
            throw context.Error($"expected int64 for I (input 1), got {context.Type(1)}.");
        }

        context.RequireType(2, ElementTypeSet.Signed);
        int spatialRank = KernelShape.Count;
        context.RequireRank(0, spatialRank + 2);
        context.RequireRank(1, spatialRank + 2);
        context.RequireRank(2, 1);
        RequireAttributes(context, spatialRank);
        var result = new Dimension[spatialRank + 2];
        if (context.Shape(0) is { } x)
        {
            for (int axis = 0; axis < x.Rank && context.Shape(1) is { } indices; axis++)
            {
                context.RequireEqual(x[axis], indices[axis], $"axis {axis} of X and I");
            }

            for (int axis = 0; axis < x.Rank; axis++)
            {
                result[axis] = axis < 2 ? x[axis] : x[axis].Size is not { } size ? Dimension.Unknown
                    : size <= MaxPaddedSize && size * Stride(axis - 2) <= int.MaxValue && PooledSize(size, axis - 2) is >= 0 and long pooled ? pooled
                    : throw context.Error($"expected pads that leave something of spatial axis {axis - 2}, and {int.MaxValue} elements at most, got size {size}, {this}.");
            }
        }

        if (context.HasInput(2))
        {
            IReadOnlyList<SymbolicInteger>? sizes = context.Elements(2);
            if (sizes is not null && sizes.Count != result.Length)
            {
                throw context.Error($"expected {result.Length} sizes in output_shape, got {sizes.Count}.");
            }

            for (int axis = 0; axis < result.Length; axis++)
            {
                Dimension wanted = sizes is null ? Dimension.Unknown
                    : sizes[axis].Value is < 0 ? throw context.Error($"expected sizes of 0 or more in output_shape, got [{string.Join(',', sizes)}].")
                    : sizes[axis].ToDimension();
                if (wanted.Size < result[axis].Size)
                {
                    throw context.Error($"expected an output_shape of {new SymbolicShape(result)} at least, got [{string.Join(',', sizes!)}].");
                }

                result[axis] = wanted;
            }
        }

        context.SetOutput(0, context.Type(0), new SymbolicShape(result));
    }
}
