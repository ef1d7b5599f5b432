namespace Toolkit.Onnx.Operators;

/// <summary>The average of each window of X [N, C, D1, …]. https://onnx.ai/onnx/operators/onnx__AveragePool.html</summary>
/// <param name="KernelShape">The window's size on each spatial axis.</param>
/// <param name="Strides">The step on each spatial axis; null is 1.</param>
/// <param name="Pads">The padding at the begin of each spatial axis, then at the end of each; null is 0.</param>
/// <param name="Dilations">The distance between the window's elements on each spatial axis; null is 1.</param>
/// <param name="CeilMode">Whether a window that only partly fits at the end counts.</param>
/// <param name="CountIncludePad">Whether padding counts in the divisor, as zeros.</param>
public sealed record AveragePool(
    IntList KernelShape, IntList? Strides = null, IntList? Pads = null, IntList? Dilations = null, bool CeilMode = false, bool CountIncludePad = false)
    : PoolOperator(KernelShape, Strides, Pads, Dilations, CeilMode)
{
    private const int CountIncludePadSince = 7;
    private const int DilationsAttributeSince = 19;

    internal static Operator Read(AttributeReader reader)
    {
        Attributes read = ReadAttributes(reader, DilationsAttributeSince);
        return new AveragePool(read.KernelShape, read.Strides, read.Pads, read.Dilations, read.CeilMode, reader.Opset >= CountIncludePadSince && reader.Flag("count_include_pad", false))
        {
            AutoPad = ReadAutoPad(reader, read.Strides),
        };
    }

    /// <inheritdoc/>
    protected override int DilationsSince => DilationsAttributeSince;

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        base.WriteAttributes(writer);
        writer.Flag("count_include_pad", CountIncludePad);
    }
}
