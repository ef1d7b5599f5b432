using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A convolution of quantized X and W, quantized again: y = saturate(round((Σ (x - zx) · (w - zw) + b) · sx · sw / sy) + zy). Inputs: x, x_scale,
/// x_zero_point, w, w_scale, w_zero_point, y_scale, y_zero_point, B (optional, int32 [M], in steps of sx · sw). The elements are int8 or uint8; scales and zero
/// points are scalars, those of w also [M]. https://onnx.ai/onnx/operators/onnx__QLinearConv.html
/// </summary>
/// <param name="KernelShape">The kernel's size on each spatial axis; null takes W's.</param>
/// <param name="Strides">The step on each spatial axis; null is 1.</param>
/// <param name="Pads">The padding at the begin of each spatial axis, then at the end of each; null is 0.</param>
/// <param name="Dilations">The distance between the kernel's elements on each spatial axis; null is 1.</param>
/// <param name="Group">The number of groups into which input and output channels are divided.</param>
public sealed record QLinearConv(IntList? KernelShape = null, IntList? Strides = null, IntList? Pads = null, IntList? Dilations = null, long Group = 1)
    : ConvolutionOperator(KernelShape, Strides, Pads, Dilations, Group)
{
    private const int Weights = 3;

    /// <inheritdoc/>
    public override int WeightsInput => Weights;

    internal static Operator Read(AttributeReader reader)
    {
        (IntList? kernel, IntList? strides, IntList? pads, IntList? dilations, long group) = ReadConvolution(reader, Weights);
        return new QLinearConv(kernel, strides, pads, dilations, group) { AutoPad = ReadAutoPad(reader, strides) };
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(8, 9);
        QuantizedInputs.RequireBytes(context, 0, 3, 7);
        _ = context.RequireSameType(0, 2);
        _ = context.RequireSameType(3, 5);
        foreach (int scale in new[] { 1, 4, 6 })
        {
            context.RequireType(scale, ElementTypeSet.Floating);
        }

        foreach ((int input, string name) in new[] { (1, "x_scale"), (2, "x_zero_point"), (6, "y_scale"), (7, "y_zero_point") })
        {
            QuantizedInputs.RequireScalar(context, input, name);
        }

        Dimension outputs = context.Shape(3) is { Rank: > 0 } w ? w[0] : Dimension.Unknown;
        QuantizedInputs.RequireVector(context, 4, "w_scale", outputs);
        QuantizedInputs.RequireVector(context, 5, "w_zero_point", outputs);
        if (context.Type(8) is not (ElementType.Undefined or ElementType.Int32))
        {
            throw context.Error($"expected int32 for B (input 8), got {context.Type(8)}.");
        }

        InferConvolution(context, 8, context.Type(7));
    }
}
