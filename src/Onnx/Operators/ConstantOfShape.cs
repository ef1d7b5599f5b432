using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A tensor of one value whose shape is the input (int64 [k]). https://onnx.ai/onnx/operators/onnx__ConstantOfShape.html
/// </summary>
/// <param name="Value">The value, a tensor of one element; null is float32 0. Two records are equal when type and element are.</param>
public sealed record ConstantOfShape(Tensor? Value = null) : Operator
{
    /// <summary>The element type of the output.</summary>
    public ElementType ElementType => Value?.ElementType ?? ElementType.Float32;

    internal static Operator Read(AttributeReader reader) => new ConstantOfShape(reader.Tensor("value"));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Tensor("value", Value ?? Tensor.Vector(0f));

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.Signed);
        context.RequireRank(0, 1);
        if (Value is { Length: not 1 })
        {
            throw context.Error($"expected one element in 'value', got {Value.Shape}.");
        }

        SymbolicShape? shape = context.Elements(0) is { } sizes
            ? new SymbolicShape([.. sizes.Select(size => size.Value is < 0 ? throw context.Error($"expected sizes of 0 or more, got [{string.Join(',', sizes)}].") : size.ToDimension())])
            : context.Shape(0) is { Rank: 1 } list && list[0].Size is <= Numerics.Shape.MaxRank and { } rank ? new SymbolicShape(new Dimension[rank])
            : null;
        context.SetOutput(0, ElementType, shape);
        if (shape is { Rank: <= 1, ElementCount: <= 256 and { } count } && Value is Tensor<long> or Tensor<int>)
        {
            context.SetElements(0, [.. Enumerable.Repeat(new SymbolicInteger(Integers.Of(Value!)![0]), (int)count)]);
        }
    }

    /// <inheritdoc/>
    public bool Equals(ConstantOfShape? other) => other is not null && ElementType == other.ElementType
        && (Value is Tensor<string> text ? text.Span.SequenceEqual(other.Value!.As<string>().Span) : Bytes(Value).SequenceEqual(Bytes(other.Value)));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ElementType);

    private static ReadOnlySpan<byte> Bytes(Tensor? value) => value is null ? "\0\0\0\0"u8 : value.Bytes;
}
