namespace Toolkit.Onnx.Operators;

/// <summary>The p-norm of each window of X [N, C, D1, …]: (Σ |x|ᵖ)^(1/p). https://onnx.ai/onnx/operators/onnx__LpPool.html</summary>
/// <param name="KernelShape">The window's size on each spatial axis.</param>
/// <param name="Strides">The step on each spatial axis; null is 1.</param>
/// <param name="Pads">The padding at the begin of each spatial axis, then at the end of each; null is 0.</param>
/// <param name="Dilations">The distance between the window's elements on each spatial axis; null is 1.</param>
/// <param name="CeilMode">Whether a window that only partly fits at the end counts.</param>
/// <param name="P">p. Opset 1 allows fractions.</param>
public sealed record LpPool(
    IntList KernelShape, IntList? Strides = null, IntList? Pads = null, IntList? Dilations = null, bool CeilMode = false, float P = 2)
    : PoolOperator(KernelShape, Strides, Pads, Dilations, CeilMode)
{
    private const int DilationsAttributeSince = 18;

    internal static Operator Read(AttributeReader reader)
    {
        Attributes read = ReadAttributes(reader, DilationsAttributeSince, DilationsAttributeSince);
        return new LpPool(read.KernelShape, read.Strides, read.Pads, read.Dilations, read.CeilMode, NormOrder.Read(reader))
        {
            AutoPad = ReadAutoPad(reader, read.Strides),
        };
    }

    /// <inheritdoc/>
    protected override int DilationsSince => DilationsAttributeSince;

    /// <inheritdoc/>
    protected override int CeilModeSince => DilationsAttributeSince;

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        base.WriteAttributes(writer);
        NormOrder.Write(writer, P);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        base.Infer(context);
        NormOrder.Require(context, P);
    }
}
