using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Each element of X mapped by a table; an element that is not in it gets the default. The lists of older opsets are read as tensors.
/// https://onnx.ai/onnx/operators/onnx_aionnxml_LabelEncoder.html
/// </summary>
/// <param name="Keys">What is looked up.</param>
/// <param name="Values">What is found, at the same place.</param>
/// <param name="Default">What an element gets that is not in the table: one element.</param>
public sealed record LabelEncoder(TensorValue Keys, TensorValue Values, TensorValue Default) : ClassicOperator
{
    private const int TensorsSince = 4;
    private const int TablesSince = 2;

    internal static Operator Read(AttributeReader reader)
    {
        string defaultString = reader.String("default_string", "_Unused");
        long defaultInt = reader.Int("default_int64", -1);
        if (reader.Opset < TablesSince)
        {
            return ReadClasses(reader, defaultString, defaultInt);
        }

        float defaultFloat = reader.Float("default_float", -0f);
        Tensor keys = ReadTable(reader, "keys");
        Tensor values = ReadTable(reader, "values");
        if (keys.Length != values.Length || keys.Shape.Rank > 1 || values.Shape.Rank > 1)
        {
            throw reader.Error($"expected as many values as keys, got {values.Shape} and {keys.Shape}.");
        }

        Tensor fallback = (reader.Opset >= TensorsSince ? reader.Tensor("default_tensor") : null) ?? values.ElementType switch
        {
            ElementType.String => Tensor.Vector(defaultString),
            ElementType.Int64 => Tensor.Vector(defaultInt),
            ElementType.Float32 => Tensor.Vector(defaultFloat),
            ElementType.Float64 => Tensor.Vector((double)defaultFloat),
            ElementType.Int32 => Tensor.Vector((int)defaultInt),
            ElementType.Int16 => Tensor.Vector((short)defaultInt),
            _ => throw reader.Unsupported($"values of type {values.ElementType} are not supported; use int64, float or string."),
        };
        return fallback.ElementType == values.ElementType && fallback.Length == 1
            ? new LabelEncoder(new TensorValue(keys), new TensorValue(values), new TensorValue(fallback.Reshape([1])))
            : throw reader.Error($"expected a default of one {values.ElementType}, got {fallback.ElementType} {fallback.Shape}.");
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset < TensorsSince)
        {
            WriteLists(writer);
            return;
        }

        writer.Tensor("default_tensor", Default.Tensor);
        writer.Tensor("keys_tensor", Keys.Tensor);
        writer.Tensor("values_tensor", Values.Tensor);
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        if (context.Type(0) is not ElementType.Undefined and var type && type != Keys.Tensor.ElementType)
        {
            throw context.Error($"expected X of the keys' type {Keys.Tensor.ElementType}, got {type}.");
        }

        context.SetOutput(0, Values.Tensor.ElementType, context.Shape(0));
    }

    // Opsets 2 and 3 have lists of three types, opset 1 texts that are numbered from 0.
    private void WriteLists(AttributeWriter writer)
    {
        if (writer.Opset < TablesSince)
        {
            (Tensor names, Tensor numbers) = Keys.Tensor is Tensor<string> ? (Keys.Tensor, Values.Tensor) : (Values.Tensor, Keys.Tensor);
            if (names is not Tensor<string> classes || numbers is not Tensor<long> places || !places.ToArray().SequenceEqual(Enumerable.Range(0, places.Length).Select(i => (long)i)))
            {
                throw writer.Error($"opset {writer.Opset} of {ClassicDomain} numbers texts from 0, which this table does not; write opset {TablesSince} or newer.");
            }

            writer.Strings("classes_strings", classes.Span);
        }
        else
        {
            WriteTable(writer, "keys", Keys.Tensor);
            WriteTable(writer, "values", Values.Tensor);
        }

        switch (Default.Tensor)
        {
            case Tensor<string> text: writer.String("default_string", text.Span[0]); break;
            case Tensor<long> integer: writer.Int("default_int64", integer.Span[0]); break;
            case Tensor<float> real: writer.Float("default_float", real.Span[0]); break;
        }
    }

    private static void WriteTable(AttributeWriter writer, string role, Tensor table)
    {
        switch (table)
        {
            case Tensor<string> texts: writer.Strings($"{role}_strings", texts.Span); break;
            case Tensor<long> integers: writer.Ints($"{role}_int64s", integers.Span); break;
            case Tensor<float> reals: writer.Floats($"{role}_floats", reals.Span); break;
            default: throw writer.Error($"{role} of {table.ElementType} need opset {TensorsSince} of {ClassicDomain}, got {writer.Opset}; write a newer opset.");
        }
    }

    // Opset 1: a class's number is its place; texts become numbers, numbers texts.
    private static LabelEncoder ReadClasses(AttributeReader reader, string defaultString, long defaultInt)
    {
        string[] classes = [.. reader.Strings("classes_strings") ?? throw reader.Error("expected attribute 'classes_strings', which is not optional.")];
        var names = new TensorValue(Tensor.Vector(classes));
        var numbers = new TensorValue(Tensor.Vector<long>([.. Enumerable.Range(0, classes.Length).Select(i => (long)i)]));
        return reader.InputType(0) switch
        {
            ElementType.String => new LabelEncoder(names, numbers, new TensorValue(Tensor.Vector(defaultInt))),
            ElementType.Int64 => new LabelEncoder(numbers, names, new TensorValue(Tensor.Vector(defaultString))),
            _ => throw reader.Unsupported("opset 1 needs the input's type, which is not known; convert the model to opset 2 or newer of ai.onnx.ml."),
        };
    }

    private static Tensor ReadTable(AttributeReader reader, string role)
    {
        Tensor?[] forms =
        [
            reader.Opset >= TensorsSince ? reader.Tensor($"{role}_tensor") : null,
            reader.Strings($"{role}_strings") is { } strings ? Tensor.Vector<string>([.. strings]) : null,
            reader.Ints($"{role}_int64s") is { } ints ? Tensor.Vector(ints.Values) : null,
            reader.Floats($"{role}_floats") is { } floats ? Tensor.Vector<float>([.. floats]) : null,
        ];
        return forms.OfType<Tensor>().ToArray() is [Tensor one] ? one : throw reader.Error($"expected exactly one list of {role}.");
    }
}
