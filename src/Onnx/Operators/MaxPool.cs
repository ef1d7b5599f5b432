using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// The maximum of each window of X [N, C, D1, …]. Outputs: Y, Indices (optional, int64: the position of each maximum in the
/// whole of X). https://onnx.ai/onnx/operators/onnx__MaxPool.html
/// </summary>
/// <param name="KernelShape">The window's size on each spatial axis.</param>
/// <param name="Strides">The step on each spatial axis; null is 1.</param>
/// <param name="Pads">The padding at the begin of each spatial axis, then at the end of each; null is 0.</param>
/// <param name="Dilations">The distance between the window's elements on each spatial axis; null is 1.</param>
/// <param name="CeilMode">Whether a window that only partly fits at the end counts.</param>
/// <param name="ColumnMajorIndices">Whether Indices count the spatial positions with the first spatial axis fastest (<c>storage_order</c> 1).</param>
public sealed record MaxPool(
    IntList KernelShape, IntList? Strides = null, IntList? Pads = null, IntList? Dilations = null, bool CeilMode = false, bool ColumnMajorIndices = false)
    : PoolOperator(KernelShape, Strides, Pads, Dilations, CeilMode)
{
    private const int StorageOrderSince = 8;

    internal static Operator Read(AttributeReader reader)
    {
        Attributes read = ReadAttributes(reader);
        return new MaxPool(read.KernelShape, read.Strides, read.Pads, read.Dilations, read.CeilMode, reader.Opset >= StorageOrderSince && reader.Flag("storage_order", false))
        {
            AutoPad = ReadAutoPad(reader, read.Strides),
        };
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        base.WriteAttributes(writer);
        if (writer.Opset >= StorageOrderSince)
        {
            writer.Flag("storage_order", ColumnMajorIndices);
        }
        else if (ColumnMajorIndices)
        {
            throw writer.Error($"storage_order needs opset {StorageOrderSince}, got {writer.Opset}; write a newer opset.");
        }
    }

    /// <inheritdoc/>
    protected override int DilationsSince => 10;

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.Numeric;

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        base.Infer(context);
        context.SetOutput(1, ElementType.Int64, context.OutputShape(0));
    }
}
