using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>Numbers of an ensemble of trees, with the type in which the file holds them: what is compared and added is then rounded nowhere.</summary>
/// <param name="Values">The numbers.</param>
/// <param name="Type">Float32, or float64 or float16 for attributes that are tensors of it.</param>
public sealed record TreeNumbers(ValueList<double> Values, ElementType Type = ElementType.Float32)
{
    /// <summary>How many there are.</summary>
    public int Count => Values.Count;

    /// <summary>Whether they are of float64.</summary>
    public bool IsWide => Type == ElementType.Float64;

    /// <summary>One of them.</summary>
    public double this[int index] => Values[index];

    /// <summary>Numbers of float32.</summary>
    public static implicit operator TreeNumbers(ValueList<float> values) => From(values);

    /// <summary>Numbers of float32.</summary>
    public static TreeNumbers From(ValueList<float> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new TreeNumbers(new ValueList<double>([.. values.Select(value => (double)value)]));
    }

    /// <summary>A list of floats, or the tensor that stands for it since opset 3; null where neither is there.</summary>
    internal static TreeNumbers? Read(AttributeReader reader, string name)
    {
        ValueList<float>? floats = reader.Floats(name) is { Count: > 0 } values ? new ValueList<float>([.. values]) : null;
        Tensor? tensor = reader.Tensor($"{name}_as_tensor");
        return tensor is { Length: > 0 } && floats is not null
            ? throw reader.Error($"expected '{name}' or '{name}_as_tensor', got both.")
            : tensor switch
            {
                { Length: 0 } or null => floats is null ? null : From(floats),
                Tensor<float> single => From(new ValueList<float>(single.Span)),
                Tensor<double> wide => new TreeNumbers(new ValueList<double>(wide.Span), ElementType.Float64),
                _ => throw reader.Error($"expected '{name}_as_tensor' of float32 or float64, got {tensor.ElementType}."),
            };
    }

    /// <summary>A tensor of real numbers, [n]; null where it is absent.</summary>
    internal static TreeNumbers? ReadTensor(AttributeReader reader, string name) => reader.Tensor(name) switch
    {
        null => null,
        { Shape.Rank: > 1 } other => throw reader.Error($"expected '{name}' of rank 1, got {other.Shape}."),
        Tensor<float> single => From(new ValueList<float>(single.Span)),
        Tensor<double> wide => new TreeNumbers(new ValueList<double>(wide.Span), ElementType.Float64),
        Tensor<Half> half => new TreeNumbers(new ValueList<double>(Array.ConvertAll(half.ToArray(), value => (double)value)), ElementType.Float16),
        var other => throw reader.Error($"expected '{name}' of float16, float32 or float64, got {other.ElementType}."),
    };

    /// <summary>Writes the numbers as a tensor of their type.</summary>
    internal void WriteTensor(AttributeWriter writer, string name) => writer.Tensor(name, Type switch
    {
        ElementType.Float64 => Tensor.Vector(Values.Values),
        ElementType.Float16 => Tensor.Vector<Half>([.. Values.Select(value => (Half)value)]),
        _ => Tensor.Vector<float>([.. Values.Select(value => (float)value)]),
    });

    /// <summary>Writes the numbers under the attribute that has their type.</summary>
    internal void Write(AttributeWriter writer, string name)
    {
        if (IsWide)
        {
            writer.Tensor($"{name}_as_tensor", Tensor.Vector(Values.Values));
        }
        else
        {
            writer.Floats(name, [.. Values.Select(value => (float)value)]);
        }
    }
}
