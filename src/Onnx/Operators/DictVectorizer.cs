using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// The values of a map, X, in the order of a vocabulary of its keys: [1, C], 0 or "" for a key that the map has not; a key that is not in the vocabulary is left out. ONNX's text says one axis;
/// models in the world are made for ONNX Runtime, which gives two. https://onnx.ai/onnx/operators/onnx_aionnxml_DictVectorizer.html
/// </summary>
/// <param name="Ints">The keys, or null where they are texts.</param>
/// <param name="Strings">The keys, or null where they are numbers.</param>
public sealed record DictVectorizer(IntList? Ints = null, ValueList<string>? Strings = null) : ClassicOperator
{
    /// <inheritdoc/>
    public override bool TakesContainers => true;

    internal static Operator Read(AttributeReader reader) => new DictVectorizer(
        reader.Ints("int64_vocabulary") is { Count: > 0 } ints ? ints : null, ReadStrings(reader, "string_vocabulary") is { Count: > 0 } strings ? strings : null);

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        Write(writer, "int64_vocabulary", Ints);
        Write(writer, "string_vocabulary", Strings);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        if ((Ints is null) == (Strings is null))
        {
            throw context.Error("expected either 'int64_vocabulary' or 'string_vocabulary'.");
        }

        ElementType key = Strings is null ? ElementType.Int64 : ElementType.String;
        var map = context.ValueType(0) as MapType;
        if (map is null || map.Key != key
            || map.Value is not TensorType { ElementType: ElementType.String or ElementType.Int64 or ElementType.Float32 or ElementType.Float64 } values || values.ElementType == key)
        {
            throw context.Error($"expected X of {(Strings is null ? "map(int64, string, float32 or float64)" : "map(string, int64, float32 or float64)")}, got {context.ValueType(0)}.");
        }

        context.SetOutput(0, values.ElementType, new SymbolicShape(1, Ints?.Count ?? Strings!.Count));
    }
}
