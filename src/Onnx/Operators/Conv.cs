namespace Toolkit.Onnx.Operators;

/// <summary>
/// Convolution (cross-correlation) of X [N, C, D1, …] with W [M, C / group, k1, …], plus B [M] (optional): Y [N, M, …].
/// https://onnx.ai/onnx/operators/onnx__Conv.html
/// </summary>
/// <param name="KernelShape">The kernel's size on each spatial axis; null takes W's.</param>
/// <param name="Strides">The step on each spatial axis; null is 1.</param>
/// <param name="Pads">The padding at the begin of each spatial axis, then at the end of each; null is 0.</param>
/// <param name="Dilations">The distance between the kernel's elements on each spatial axis; null is 1.</param>
/// <param name="Group">The number of groups into which input and output channels are divided.</param>
public sealed record Conv(IntList? KernelShape = null, IntList? Strides = null, IntList? Pads = null, IntList? Dilations = null, long Group = 1)
    : ConvolutionOperator(KernelShape, Strides, Pads, Dilations, Group)
{
    internal static Operator Read(AttributeReader reader)
    {
        (IntList? kernel, IntList? strides, IntList? pads, IntList? dilations, long group) = ReadConvolution(reader);
        return new Conv(kernel, strides, pads, dilations, group) { AutoPad = ReadAutoPad(reader, strides) };
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 3);
        context.RequireType(0, ElementTypeSet.Floating);
        InferConvolution(context, 2, context.RequireSameType(0, 1, 2));
    }
}
