using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Triangular weights that gather the frequencies of a spectrum into bands of equal width on the mel scale, [length / 2 + 1, bands]. Inputs,
/// all scalars: bands, length of the Fourier transform, sample rate (integers), lower and upper edge (numbers, Hz). https://onnx.ai/onnx/operators/onnx__MelWeightMatrix.html
/// </summary>
/// <param name="OutputDatatype">The element type of the weights.</param>
public sealed record MelWeightMatrix(ElementType OutputDatatype = ElementType.Float32) : Operator
{
    internal static Operator Read(AttributeReader reader) => new MelWeightMatrix(reader.ElementType("output_datatype", ElementType.Float32));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Int("output_datatype", (long)OutputDatatype);

    /// <inheritdoc/>
    public override Operator Widened(ElementType type) => this with { OutputDatatype = Wider(OutputDatatype, type) };

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(5, 5);
        for (int input = 0; input < 5; input++)
        {
            context.RequireType(input, input < 3 ? ElementTypeSet.Signed : ElementTypeSet.Floating);
            if (context.Shape(input)?.ElementCount is { } count and not 1)
            {
                throw context.Error($"expected a scalar as input {input}, got {context.Shape(input)}.");
            }
        }

        long? bands = context.ConstantInts(0)?[0];
        long? length = context.ConstantInts(1)?[0];
        long? rate = context.ConstantInts(2)?[0];
        if (bands < 0 || length < 0 || rate < 1)
        {
            throw context.Error($"expected 0 bands or more, a length of 0 or more and a sample rate of 1 or more, got {bands}, {length} and {rate}.");
        }

        context.SetOutput(0, OutputDatatype, new SymbolicShape(
            length is { } known ? (known / 2) + 1 : Dimension.Unknown, bands is { } size ? size : Dimension.Unknown));
    }
}
