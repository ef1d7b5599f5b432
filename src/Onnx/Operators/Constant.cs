using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A tensor that the model holds. All forms (<c>value</c>, <c>value_float(s)</c>, <c>value_int(s)</c>, <c>value_string(s)</c>)
/// are read as the first. https://onnx.ai/onnx/operators/onnx__Constant.html
/// </summary>
/// <param name="Value">The tensor. Two records are equal when type, shape and elements are.</param>
public sealed record Constant(Tensor Value) : Operator
{
    internal static Operator Read(AttributeReader reader)
    {
        if (reader.Has("sparse_value"))
        {
            throw reader.Unsupported("a sparse value is not supported; save the model with dense tensors.");
        }

        Tensor?[] forms =
        [
            reader.Tensor("value"),
            reader.Has("value_float") ? Tensor.Scalar(reader.Float("value_float", 0)) : null,
            reader.Floats("value_floats") is { } floats ? Tensor.Vector<float>([.. floats]) : null,
            reader.Has("value_int") ? Tensor.Scalar(reader.Int("value_int", 0)) : null,
            reader.Ints("value_ints") is { } ints ? Tensor.Vector(ints.Values) : null,
            reader.Has("value_string") ? Tensor.Scalar(reader.String("value_string", "")) : null,
            reader.Strings("value_strings") is { } strings ? Tensor.Vector<string>([.. strings]) : null,
        ];
        Tensor[] values = [.. forms.OfType<Tensor>()];
        return values is [Tensor value]
            ? new Constant(value)
            : throw reader.Error($"expected exactly one of the attributes 'value', 'value_float', 'value_floats', 'value_int', 'value_ints', 'value_string', 'value_strings', got {values.Length}.");
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Tensor("value", Value);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(0, 0);
        context.SetConstant(0, Value);
    }

    /// <inheritdoc/>
    public bool Equals(Constant? other) => other is not null && Value.ElementType == other.Value.ElementType && Value.Shape == other.Value.Shape
        && (Value is Tensor<string> strings ? strings.Span.SequenceEqual(other.Value.As<string>().Span) : Value.Bytes.SequenceEqual(other.Value.Bytes));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Value.ElementType, Value.Shape);
}
