namespace Toolkit.Onnx.Operators;

/// <summary>
/// Blocks put back where they overlap in an image, added up: the adjoint of cutting it into windows. Inputs: X [N, C · Π block, L], image_shape (int64 [k]), block_shape (int64 [k]).
/// Output: [N, C, image…]. L windows lie one stride apart, the last axis fastest. https://onnx.ai/onnx/operators/onnx__Col2Im.html
/// </summary>
/// <param name="Dilations">The distance between a block's elements on each axis; null is 1.</param>
/// <param name="Pads">The padding at the begin of each axis, then at the end of each; null is 0.</param>
/// <param name="Strides">The step of the windows on each axis; null is 1.</param>
public sealed record Col2Im(IntList? Dilations = null, IntList? Pads = null, IntList? Strides = null) : WindowOperator(null, Strides, Pads, Dilations)
{
    internal static Operator Read(AttributeReader reader) => new Col2Im(reader.Ints("dilations"), reader.Ints("pads"), reader.Ints("strides"));

    /// <summary>The windows along an axis of an image.</summary>
    public long Windows(long image, long block, int axis)
    {
        Int128 free = (Int128)image + PadBegin(axis) + PadEnd(axis) - Extent(block, Dilation(axis));
        return free < 0 ? 0 : (long)Int128.Min((free / Stride(axis)) + 1, long.MaxValue);
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        WriteInts(writer, "dilations", Dilations);
        WriteInts(writer, "pads", Pads);
        WriteInts(writer, "strides", Strides);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(3, 3);
        context.RequireType(0, ElementTypeSet.Numeric | ElementTypeSet.Bool | ElementTypeSet.Complex);
        context.RequireType(1, ElementTypeSet.Signed);
        context.RequireType(2, ElementTypeSet.Signed);
        context.RequireRank(0, 3);
        context.RequireRank(1, 1);
        context.RequireRank(2, 1);
        if (context.Elements(1) is not { } image || context.Elements(2) is not { } block)
        {
            context.SetOutput(0, context.Type(0), null);
            return;
        }

        if (image.Count != block.Count || image.Count < 1 || image.Any(size => size.Value < 0) || block.Any(size => size.Value is < 1 or > int.MaxValue))
        {
            throw context.Error($"expected an image_shape of sizes of 0 or more and as many in block_shape of 1 or more, got [{string.Join(',', image)}] and [{string.Join(',', block)}].");
        }

        RequireAttributes(context, image.Count);
        SymbolicShape? x = context.Shape(0);
        Int128 elements = 1;
        Int128 windows = 1;
        bool isKnown = true;
        for (int axis = 0; axis < image.Count; axis++)
        {
            isKnown &= image[axis].Value is not null && block[axis].Value is not null;
            if (isKnown)
            {
                elements *= block[axis].Value!.Value;
                windows *= Windows(image[axis].Value!.Value, block[axis].Value!.Value, axis);
                if (elements > int.MaxValue || windows > int.MaxValue)
                {
                    throw context.Error($"expected {int.MaxValue} elements and windows at most, got a block of [{string.Join(',', block)}] in [{string.Join(',', image)}].");
                }
            }
        }

        Dimension channels = Dimension.Unknown;
        if (x is not null && isKnown)
        {
            context.RequireEqual(x[2], (long)windows, "the last axis of X and the windows of the image");
            channels = x[1].Size is not { } rows ? Dimension.Unknown
                : rows % (long)elements == 0 ? rows / (long)elements
                : throw context.Error($"expected rows of X that are a multiple of the block's {elements} elements, got {rows}.");
        }

        context.SetOutput(0, context.Type(0), new SymbolicShape([x?[0] ?? Dimension.Unknown, channels, .. image.Select(size => size.ToDimension())]));
    }
}
