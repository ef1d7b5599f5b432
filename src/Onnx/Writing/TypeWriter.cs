using Toolkit.Onnx.Protobuf;

namespace Toolkit.Onnx.Writing;

/// <summary>Stores the type of a value.</summary>
internal static class TypeWriter
{
    public static TypeProto Write(OnnxType type) => type switch
    {
        SequenceType sequence => new TypeProto { SequenceType = new TypeProto.Types.Sequence { ElemType = Write(sequence.Element) } },
        OptionalType optional => new TypeProto { OptionalType = new TypeProto.Types.Optional { ElemType = Write(optional.Element) } },
        MapType map => new TypeProto { MapType = new TypeProto.Types.Map { KeyType = (int)map.Key, ValueType = Write(map.Value) } },
        TensorType tensor => new TypeProto { TensorType = Write(tensor) },
        _ => throw new OnnxModelException($"Value: expected a tensor, a sequence, an optional or a map, got {type}."),
    };

    private static TypeProto.Types.Tensor Write(TensorType type)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type.ElementType };
        if (type.Shape is { } shape)
        {
            tensor.Shape = new TensorShapeProto();
            foreach (Dimension dimension in shape.Dimensions)
            {
                var stored = new TensorShapeProto.Types.Dimension();
                if (dimension.Size is { } size)
                {
                    stored.DimValue = size;
                }
                else if (dimension.Symbol is { } symbol)
                {
                    stored.DimParam = symbol;
                }

                tensor.Shape.Dim.Add(stored);
            }
        }

        return tensor;
    }
}
