using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// The convolution of X - x_zero_point with W - w_zero_point in int32. Inputs: X and W of int8 or uint8, x_zero_point (optional, a scalar),
/// w_zero_point (optional, a scalar or [M]). https://onnx.ai/onnx/operators/onnx__ConvInteger.html
/// </summary>
/// <param name="KernelShape">The kernel's size on each spatial axis; null takes W's.</param>
/// <param name="Strides">The step on each spatial axis; null is 1.</param>
/// <param name="Pads">The padding at the begin of each spatial axis, then at the end of each; null is 0.</param>
/// <param name="Dilations">The distance between the kernel's elements on each spatial axis; null is 1.</param>
/// <param name="Group">The number of groups into which input and output channels are divided.</param>
public sealed record ConvInteger(IntList? KernelShape = null, IntList? Strides = null, IntList? Pads = null, IntList? Dilations = null, long Group = 1)
    : ConvolutionOperator(KernelShape, Strides, Pads, Dilations, Group)
{
    internal static Operator Read(AttributeReader reader)
    {
        (IntList? kernel, IntList? strides, IntList? pads, IntList? dilations, long group) = ReadConvolution(reader);
        return new ConvInteger(kernel, strides, pads, dilations, group) { AutoPad = ReadAutoPad(reader, strides) };
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 4);
        QuantizedInputs.RequireBytes(context, 0, 1);
        _ = context.RequireSameType(0, 2);
        _ = context.RequireSameType(1, 3);
        QuantizedInputs.RequireScalar(context, 2, "x_zero_point");
        QuantizedInputs.RequireVector(context, 3, "w_zero_point", context.Shape(1) is { Rank: > 0 } w ? w[0] : Dimension.Unknown);
        InferConvolution(context, int.MaxValue, ElementType.Int32);
    }
}
