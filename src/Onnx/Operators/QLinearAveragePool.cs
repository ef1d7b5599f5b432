using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// The average of each window of a quantized X [N, C, D1, …], quantized again, of the domain com.microsoft. Inputs: x, x_scale, x_zero_point (optional), y_scale,
/// y_zero_point (optional). Only channels first (<c>channels_last</c> of 0): the other form is in no file, ONNX Runtime makes it while it runs.
/// </summary>
/// <param name="KernelShape">The window's size on each spatial axis.</param>
/// <param name="Strides">The step on each spatial axis; null is 1.</param>
/// <param name="Pads">The padding at the begin of each spatial axis, then at the end of each; null is 0.</param>
/// <param name="CeilMode">Whether a window that only partly fits at the end counts.</param>
/// <param name="CountIncludePad">Whether padding counts in the divisor, as zeros.</param>
public sealed record QLinearAveragePool(IntList KernelShape, IntList? Strides = null, IntList? Pads = null, bool CeilMode = false, bool CountIncludePad = false)
    : PoolOperator(KernelShape, Strides, Pads, null, CeilMode)
{
    // One version of the domain has both.
    private const int First = 1;

    internal static Operator Read(AttributeReader reader)
    {
        if (reader.Flag("channels_last", false))
        {
            throw reader.Unsupported("channels_last = 1 is not supported; write it for [N, C, D1, …], or transpose around it");
        }

        Attributes read = ReadAttributes(reader, int.MaxValue, First);
        return new QLinearAveragePool(read.KernelShape, read.Strides, read.Pads, read.CeilMode, reader.Flag("count_include_pad", false)) { AutoPad = ReadAutoPad(reader, read.Strides) };
    }

    /// <inheritdoc/>
    public override string Domain => ContribOperator.ContribDomain;

    /// <inheritdoc/>
    protected override int DilationsSince => int.MaxValue;

    /// <inheritdoc/>
    protected override int CeilModeSince => First;

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        base.WriteAttributes(writer);
        writer.Flag("count_include_pad", CountIncludePad);
        writer.Flag("channels_last", false);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        ElementType type = QLinearUnaryOperator.RequireInputs(context);
        context.SetOutput(0, type, InferShape(context));
    }
}
