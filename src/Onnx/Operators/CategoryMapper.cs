using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Each text of X by its number, or each number by its text; what is not in the table gets the default. https://onnx.ai/onnx/operators/onnx_aionnxml_CategoryMapper.html
/// </summary>
/// <param name="Ints">The numbers.</param>
/// <param name="Strings">The text of each.</param>
/// <param name="DefaultInt">The number of a text that is not there.</param>
/// <param name="DefaultString">The text of a number that is not there.</param>
public sealed record CategoryMapper(IntList Ints, ValueList<string> Strings, long DefaultInt = -1, string DefaultString = "_Unused") : ClassicOperator
{
    internal static Operator Read(AttributeReader reader) => new CategoryMapper(
        reader.Ints("cats_int64s") ?? throw reader.Error("expected attribute 'cats_int64s'."), ReadStrings(reader, "cats_strings") ?? throw reader.Error("expected attribute 'cats_strings'."),
        reader.Int("default_int64", -1), reader.String("default_string", "_Unused"));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        Write(writer, "cats_int64s", Ints);
        Write(writer, "cats_strings", Strings);
        writer.Int("default_int64", DefaultInt);
        writer.String("default_string", DefaultString);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        if (Ints.Count != Strings.Count)
        {
            throw context.Error($"expected as many 'cats_strings' as 'cats_int64s', got {Strings.Count} and {Ints.Count}.");
        }

        context.SetOutput(
            0,
            context.Type(0) switch
            {
                ElementType.String => ElementType.Int64,
                ElementType.Int64 => ElementType.String,
                ElementType.Undefined => ElementType.Undefined,
                var other => throw context.Error($"expected X of string or int64, got {other}."),
            },
            context.Shape(0));
    }

    /// <summary>The same table as the operator that has taken this one's place.</summary>
    /// <param name="type">The element type of X: string or int64.</param>
    public LabelEncoder ToLabelEncoder(ElementType type)
    {
        var ints = new TensorValue(Tensor.Vector(Ints.Values));
        var strings = new TensorValue(Tensor.Vector(Strings.Values));
        return type == ElementType.String ? new LabelEncoder(strings, ints, new TensorValue(Tensor.Vector(DefaultInt))) : new LabelEncoder(ints, strings, new TensorValue(Tensor.Vector(DefaultString)));
    }
}
