using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>The weights of a window over a signal. Input: its size, an integer scalar.</summary>
/// <param name="OutputDatatype">The element type of the weights.</param>
/// <param name="Periodic">Whether the window is a period, whose last weight is that before the first again; else it is symmetric.</param>
public abstract record WindowFunctionOperator(ElementType OutputDatatype, bool Periodic) : Operator
{
    /// <summary>Reads the attributes.</summary>
    private protected static Operator Read(AttributeReader reader, Func<ElementType, bool, WindowFunctionOperator> create) =>
        create(reader.ElementType("output_datatype", ElementType.Float32), reader.Flag("periodic", true));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("output_datatype", (long)OutputDatatype);
        writer.Flag("periodic", Periodic);
    }

    /// <inheritdoc/>
    public override Operator Widened(ElementType type) => this with { OutputDatatype = Wider(OutputDatatype, type) };

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.Signed);
        if (context.Shape(0)?.ElementCount is { } count and not 1)
        {
            throw context.Error($"expected one size, got {context.Shape(0)}.");
        }

        Dimension size = context.Elements(0) is [var element]
            ? element.Value < 0 ? throw context.Error($"expected a size of 0 or more, got {element}.") : element.ToDimension()
            : Dimension.Unknown;
        context.SetOutput(0, OutputDatatype, new SymbolicShape(size));
    }
}
