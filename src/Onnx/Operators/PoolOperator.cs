namespace Toolkit.Onnx.Operators;

/// <summary>A pooling: each window of X [N, C, D1, …] becomes one element of Y.</summary>
/// <param name="KernelShape">The window's size on each spatial axis.</param>
/// <param name="Strides">The step on each spatial axis; null is 1.</param>
/// <param name="Pads">The padding at the begin of each spatial axis, then at the end of each; null is 0.</param>
/// <param name="Dilations">The distance between the window's elements on each spatial axis; null is 1.</param>
/// <param name="CeilMode">Whether a window that only partly fits at the end counts.</param>
public abstract record PoolOperator(IntList KernelShape, IntList? Strides, IntList? Pads, IntList? Dilations, bool CeilMode)
    : WindowOperator(KernelShape, Strides, Pads, Dilations)
{
    private const int DefaultCeilModeSince = 10;

    /// <summary>The window's size on each spatial axis.</summary>
    public new IntList KernelShape => base.KernelShape!;

    /// <summary>The opset that brought <c>dilations</c>.</summary>
    protected abstract int DilationsSince { get; }

    /// <summary>The opset that brought <c>ceil_mode</c>.</summary>
    protected virtual int CeilModeSince => DefaultCeilModeSince;

    /// <summary>The element types of X.</summary>
    protected virtual ElementTypeSet Types => ElementTypeSet.Floating;

    /// <summary>Reads the attributes that all poolings have; <c>dilations</c> is refused by the reader where the opset has none.</summary>
    private protected static Attributes ReadAttributes(AttributeReader reader, int dilationsSince = DefaultCeilModeSince, int ceilModeSince = DefaultCeilModeSince)
    {
        IntList kernel = reader.Ints("kernel_shape") ?? throw reader.Error("expected attribute 'kernel_shape', which is not optional.");
        IntList? strides = reader.Ints("strides");
        IntList? dilations = reader.Opset >= dilationsSince ? reader.Ints("dilations") : null;
        return new Attributes(kernel, strides, ReadPads(reader, kernel, strides, dilations), dilations, reader.Opset >= ceilModeSince && reader.Flag("ceil_mode", false));
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        WriteAutoPad(writer);
        if (writer.Opset >= CeilModeSince)
        {
            writer.Flag("ceil_mode", CeilMode);
        }
        else if (CeilMode)
        {
            throw writer.Error($"ceil_mode needs opset {CeilModeSince}, got {writer.Opset}; write a newer opset.");
        }

        if (writer.Opset >= DilationsSince)
        {
            WriteInts(writer, "dilations", Dilations);
        }
        else if (Dilations?.Any(dilation => dilation != 1) == true)
        {
            throw writer.Error($"dilations need opset {DilationsSince}, got {writer.Opset}; write a newer opset.");
        }

        WriteInts(writer, "kernel_shape", KernelShape);
        WriteInts(writer, "pads", Pads);
        WriteInts(writer, "strides", Strides);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, Types);
        context.SetOutput(0, context.Type(0), InferShape(context));
    }

    /// <summary>Checks the attributes against X and returns the shape of Y.</summary>
    private protected SymbolicShape InferShape(InferenceContext context)
    {
        int spatialRank = KernelShape.Count;
        if (spatialRank < 1)
        {
            throw context.Error("expected one spatial axis at least in 'kernel_shape', got none.");
        }

        context.RequireRank(0, spatialRank + 2);
        RequireAttributes(context, spatialRank);
        var result = new Dimension[spatialRank + 2];
        if (context.Shape(0) is { } x)
        {
            (result[0], result[1]) = (x[0], x[1]);
            for (int axis = 0; axis < spatialRank; axis++)
            {
                result[axis + 2] = OutputSize(context, x[axis + 2], axis, KernelShape[axis], CeilMode);
            }
        }

        return new SymbolicShape(result);
    }

    /// <summary>The attributes that all poolings have.</summary>
    private protected sealed record Attributes(IntList KernelShape, IntList? Strides, IntList? Pads, IntList? Dilations, bool CeilMode);
}
