using Toolkit.EdgeRuntime.Graphs;
using Toolkit.EdgeRuntime.Operators;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>A quantized value with its constant parameters: what a DequantizeLinear reads or a QuantizeLinear makes.</summary>
internal sealed class QuantizedLink
{
    private QuantizedLink(GraphValue value, GraphValue scale, GraphValue? zeroPoint, int axis)
    {
        (Value, Scale, Axis) = (value, scale, axis);
        ZeroPoint = zeroPoint ?? new GraphValue($"{scale.Name}/zero", new InferredValue(Tensor.Create(value.Info.Type, scale.Info.Constant!.Shape)));
        Scales = scale.Constant!.As<float>();
    }

    /// <summary>The quantized elements.</summary>
    public GraphValue Value { get; }

    /// <summary>Their scale, a constant.</summary>
    public GraphValue Scale { get; }

    /// <summary>Their zero point, a constant; one of zeros where the model has none.</summary>
    public GraphValue ZeroPoint { get; }

    /// <summary>The scale's numbers.</summary>
    public Tensor<float> Scales { get; }

    /// <summary>The axis that the scales belong to, where they are several.</summary>
    public int Axis { get; }

    /// <summary>The type of the elements.</summary>
    public ElementType Type => Value.Info.Type;

    /// <summary>Whether one scale and one zero point hold for all elements.</summary>
    public bool IsScalar => Scales is { Length: 1, Shape.Rank: <= 1 } && ZeroPoint.Info.Constant is { Length: 1, Shape.Rank: <= 1 };

    /// <summary>Whether the elements are int8 or uint8.</summary>
    public bool IsByte => Type is ElementType.Int8 or ElementType.UInt8;

    /// <summary>Whether greater elements stand for greater numbers.</summary>
    public bool IsIncreasing => Scales.Span is [> 0];

    /// <summary>The zero point of an element of the axis.</summary>
    public int Zero(int index) => QuantizedElements.ZeroPoint(ZeroPoint.Info.Constant, index);

    /// <summary>The scale of an element of the axis.</summary>
    public float ScaleOf(int index) => QuantizedElements.Scale(Scales, index);

    /// <summary>Whether both have one scale, one zero point and one type, and they are the same.</summary>
    public bool IsSameAs(QuantizedLink other) => IsScalar && other.IsScalar && Type == other.Type && ScaleOf(0) == other.ScaleOf(0) && Zero(0) == other.Zero(0);

    /// <summary>Whether the scales are one, or belong to an axis of a value of some rank.</summary>
    public bool IsAlong(int axis, int rank) => IsScalar || (Scales.Shape.Rank == 1 && (Axis < 0 ? Axis + rank : Axis) == axis);

    /// <summary>What a float32 value was dequantized from; null where it was not, or its parameters are no constants.</summary>
    public static QuantizedLink? From(GraphValue? value) =>
        value is { Info.Type: ElementType.Float32, Producer: { Operator: DequantizeLinear { BlockSize: 0 } dequantize } node } ? Of(node, node.Inputs[0]!, dequantize.Axis) : null;

    /// <summary>What a float32 value of int8 or uint8 elements, with one scale, was dequantized from; null where it was not.</summary>
    public static QuantizedLink? FromBytes(GraphValue? value) => From(value) is { IsByte: true, IsScalar: true } link ? link : null;

    /// <summary>What a QuantizeLinear of a float32 value makes, as int8 or uint8 with one scale; null where it makes something else.</summary>
    public static QuantizedLink? To(GraphNode node) =>
        node is { Operator: QuantizeLinear { BlockSize: 0, Precision: null or ElementType.Float32 } quantize, Inputs: [{ Info.Type: ElementType.Float32 }, ..], Outputs: [{ } made] }
        && Of(node, made, quantize.Axis) is { IsByte: true, IsScalar: true } link ? link : null;

    private static QuantizedLink? Of(GraphNode node, GraphValue value, int axis) =>
        value.Info.Type != ElementType.Undefined && node.Inputs[1] is { Constant: Tensor<float> } scale && (node.Inputs.Length < 3 || node.Inputs[2] is null or { Constant: not null })
        ? new QuantizedLink(value, scale, node.Inputs.Length < 3 ? null : node.Inputs[2], axis)
        : null;
}
