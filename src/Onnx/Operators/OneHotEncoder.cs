using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A vector for each element of X that is 1 at the element's category and 0 elsewhere: float32 […, categories]. Texts have their categories in <c>cats_strings</c>, numbers in
/// <c>cats_int64s</c>. https://onnx.ai/onnx/operators/onnx_aionnxml_OneHotEncoder.html
/// </summary>
/// <param name="Ints">The categories of numbers.</param>
/// <param name="Strings">The categories of texts.</param>
/// <param name="AllowsUnknown">Whether an element without a category gives zeros rather than an error.</param>
public sealed record OneHotEncoder(IntList? Ints = null, ValueList<string>? Strings = null, bool AllowsUnknown = true) : ClassicOperator
{
    internal static Operator Read(AttributeReader reader) => new OneHotEncoder(reader.Ints("cats_int64s"), ReadStrings(reader, "cats_strings"), reader.Flag("zeros", true));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        Write(writer, "cats_int64s", Ints);
        Write(writer, "cats_strings", Strings);
        writer.Flag("zeros", AllowsUnknown);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.Numeric | ElementTypeSet.String);
        if ((Ints is null) == (Strings is null))
        {
            throw context.Error("expected either 'cats_int64s' or 'cats_strings'.");
        }

        if (context.Type(0) != ElementType.Undefined && (context.Type(0) == ElementType.String) != (Strings is not null))
        {
            throw context.Error($"expected categories of the type of X ({context.Type(0)}).");
        }

        context.SetOutput(0, ElementType.Float32, context.Shape(0) is not { } x ? null : new SymbolicShape([.. x.Dimensions, Ints?.Count ?? Strings!.Count]));
    }
}
