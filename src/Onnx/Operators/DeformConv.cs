using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A convolution whose kernel's elements are read at places that are shifted by an offset of their own, linear between the elements of X (Dai et al., 2017; with mask, Zhu et al.,
/// 2018). Inputs: X [N, C, H, W], W [M, C / group, kH, kW], offset [N, offset_group · kH · kW · 2, oH, oW] (rows, then columns, of each kernel element), B [M] (optional), mask
/// [N, offset_group · kH · kW, oH, oW] (optional). https://onnx.ai/onnx/operators/onnx__DeformConv.html
/// </summary>
/// <param name="KernelShape">The kernel's size on each spatial axis; null takes W's.</param>
/// <param name="Strides">The step on each spatial axis; null is 1.</param>
/// <param name="Pads">The padding at the begin of each spatial axis, then at the end of each; null is 0.</param>
/// <param name="Dilations">The distance between the kernel's elements on each spatial axis; null is 1.</param>
/// <param name="Group">The number of groups into which input and output channels are divided.</param>
/// <param name="OffsetGroup">The number of groups into which input channels are divided for their offsets.</param>
public sealed record DeformConv(
    IntList? KernelShape = null, IntList? Strides = null, IntList? Pads = null, IntList? Dilations = null, long Group = 1, long OffsetGroup = 1)
    : ConvolutionOperator(KernelShape, Strides, Pads, Dilations, Group)
{
    internal static Operator Read(AttributeReader reader) => new DeformConv(
        ReadKernelShape(reader), reader.Ints("strides"), reader.Ints("pads"), reader.Ints("dilations"), reader.Int("group", 1), reader.Int("offset_group", 1));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        WriteInts(writer, "dilations", Dilations);
        writer.Int("group", Group);
        WriteInts(writer, "kernel_shape", KernelShape);
        writer.Int("offset_group", OffsetGroup);
        WriteInts(writer, "pads", Pads);
        WriteInts(writer, "strides", Strides);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(3, 5);
        context.RequireType(0, ElementTypeSet.Floating);
        InferConvolution(context, 3, context.RequireSameType(0, 1, 2, 3, 4));
        if (OffsetGroup < 1 || (context.Shape(0)?[1].Size is { } channels && channels % OffsetGroup != 0))
        {
            throw context.Error($"expected 'offset_group' that divides the channels of {context.Shape(0)}, got {OffsetGroup}.");
        }

        if (context.OutputShape(0) is not { Rank: > 2 } y)
        {
            return;
        }

        Dimension taps = OffsetGroup;
        for (int axis = 2; axis < y.Rank; axis++)
        {
            taps = taps.Size is { } count && context.Shape(1)?[axis].Size is { } size && (Int128)count * size <= int.MaxValue ? count * size : Dimension.Unknown;
        }

        RequireGrid(context, 2, "offset", y, taps.Size is { } elements ? elements * (y.Rank - 2) : Dimension.Unknown);
        RequireGrid(context, 4, "mask", y, taps);
    }

    private static void RequireGrid(InferenceContext context, int input, string name, SymbolicShape y, Dimension rows)
    {
        context.RequireRank(input, y.Rank);
        for (int axis = 0; axis < y.Rank && context.Shape(input) is { } grid; axis++)
        {
            context.RequireEqual(axis == 1 ? rows : y[axis], grid[axis], $"axis {axis} of {name} {grid} and what the kernel and Y {y} ask for");
        }
    }
}
