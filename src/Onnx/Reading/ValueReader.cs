using Google.Protobuf.Collections;
using Toolkit.Numerics;
using Toolkit.Onnx.Protobuf;
using OptionalKind = Toolkit.Onnx.Protobuf.OptionalProto.Types.DataType;
using SequenceKind = Toolkit.Onnx.Protobuf.SequenceProto.Types.DataType;

namespace Toolkit.Onnx.Reading;

/// <summary>Decodes stored sequences, optionals and maps.</summary>
internal sealed class ValueReader(OnnxLimits limits)
{
    private long _bytes;

    public OnnxSequence Read(SequenceProto proto, SequenceType type)
    {
        var kind = (SequenceKind)proto.ElemType;
        OnnxValue[] elements = (kind, type.Element) switch
        {
            (SequenceKind.Tensor, TensorType) => [.. proto.TensorValues.Select(Read)],
            (SequenceKind.Sequence, SequenceType element) => [.. proto.SequenceValues.Select(value => Read(value, element))],
            (SequenceKind.Map, MapType element) => [.. proto.MapValues.Select(value => Read(value, element))],
            (SequenceKind.Optional, OptionalType element) => [.. proto.OptionalValues.Select(value => Read(value, element))],
            (SequenceKind.Undefined, _) => [],
            (SequenceKind.SparseTensor, _) => throw Sparse(),
            _ => throw new OnnxModelException($"Value: expected {type}, got a sequence whose elements are of kind {kind}."),
        };
        return new OnnxSequence(type.Element, elements);
    }

    public OnnxOptional Read(OptionalProto proto, OptionalType type)
    {
        var kind = (OptionalKind)proto.ElemType;
        OnnxValue? value = (kind, type.Element) switch
        {
            (OptionalKind.Tensor, TensorType) => proto.TensorValue is { } tensor ? Read(tensor) : null,
            (OptionalKind.Sequence, SequenceType element) => proto.SequenceValue is { } sequence ? Read(sequence, element) : null,
            (OptionalKind.Map, MapType element) => proto.MapValue is { } map ? Read(map, element) : null,
            (OptionalKind.Optional, OptionalType element) => proto.OptionalValue is { } optional ? Read(optional, element) : null,
            (OptionalKind.Undefined, _) => null,
            (OptionalKind.SparseTensor, _) => throw Sparse(),
            _ => throw new OnnxModelException($"Value: expected {type}, got an optional of kind {kind}."),
        };
        return new OnnxOptional(type.Element, value);
    }

    public OnnxMap Read(MapProto proto, MapType type)
    {
        ElementType keyType = TensorReader.ReadType(proto.KeyType, "Value");
        Tensor keys = keyType switch
        {
            ElementType.String => Tensor.Vector<string>([.. proto.StringKeys.Select(key => TensorReader.ReadText(key, "Value"))]),
            ElementType.Int64 => Tensor.Vector<long>([.. proto.Keys]),
            ElementType.Int32 => Tensor.Vector<int>([.. proto.Keys.Select(key => key is >= int.MinValue and <= int.MaxValue
                ? (int)key : throw new OnnxModelException($"Value: a key of a map is {key}, which is not an int32."))]),
            _ => throw new UnsupportedOperatorException($"Value: a map with keys of type {keyType} is not supported; use int64, int32 or string."),
        };
        if (type.Key != keyType || type.Value is not TensorType { ElementType: var valueType } || proto.Values is null || proto.Values.TensorValues.Count != keys.Length)
        {
            throw new OnnxModelException($"Value: expected {type} with a tensor of one element for each of {keys.Length} keys, got {keyType} keys and {proto.Values?.TensorValues.Count ?? 0} values.");
        }

        Tensor values = Tensor.Create(valueType, [keys.Length]);
        for (int i = 0; i < keys.Length; i++)
        {
            Tensor value = ((OnnxTensor)Read(proto.Values.TensorValues[i])).Tensor;
            if (value.Length != 1 || value.ElementType != valueType)
            {
                throw new OnnxModelException($"Value: expected one element of type {valueType} a key of a map, got {value.ElementType} {value.Shape}.");
            }

            if (value is Tensor<string> text)
            {
                values.As<string>().Span[i] = text.Span[0];
            }
            else
            {
                value.Bytes.CopyTo(values.Bytes[(i * value.Bytes.Length)..]);
            }
        }

        return new OnnxMap(keys, values);
    }

    private static UnsupportedOperatorException Sparse() => new("Value: sparse tensors are not supported; store dense ones.");

    private OnnxValue Read(TensorProto proto)
    {
        var tensor = new OnnxTensor(TensorReader.Read(proto, "Value", limits));
        _bytes += tensor.Bytes;
        return _bytes <= limits.MaxPlanBytes ? tensor
            : throw new OnnxModelException($"Value: its tensors exceed the limit of {limits.MaxPlanBytes} bytes (OnnxLimits.MaxPlanBytes).");
    }
}
