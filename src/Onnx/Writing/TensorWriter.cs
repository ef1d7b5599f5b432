using Google.Protobuf;
using Toolkit.Numerics;
using Toolkit.Onnx.Protobuf;

namespace Toolkit.Onnx.Writing;

/// <summary>Stores a tensor: raw little-endian bytes, elements of two and four bits packed, and strings as UTF-8.</summary>
internal static class TensorWriter
{
    public static TensorProto Write(string name, Tensor tensor)
    {
        var proto = new TensorProto { Name = name, DataType = (int)tensor.ElementType };
        foreach (int dimension in tensor.Shape.Dimensions)
        {
            proto.Dims.Add(dimension);
        }

        if (tensor is Tensor<string> strings)
        {
            foreach (string text in strings.Span)
            {
                proto.StringData.Add(ByteString.CopyFromUtf8(text));
            }
        }
        else if (ElementTypes.Get(tensor.ElementType) is { BitWidth: < 8 } info)
        {
            var packed = new byte[info.StoredBytes(tensor.Length)];
            PackedElements.Pack(tensor.Bytes, packed, info.BitWidth);
            proto.RawData = UnsafeByteOperations.UnsafeWrap(packed);
        }
        else
        {
            proto.RawData = ByteString.CopyFrom(LittleEndian(tensor));
        }

        return proto;
    }

    private static ReadOnlySpan<byte> LittleEndian(Tensor tensor)
    {
        if (BitConverter.IsLittleEndian)
        {
            return tensor.Bytes;
        }

        byte[] bytes = tensor.Bytes.ToArray();
        int part = tensor.ElementType switch { ElementType.Complex64 => 4, ElementType.Complex128 => 8, _ => ElementTypes.Get(tensor.ElementType).Size };
        for (int i = 0; i < bytes.Length; i += part)
        {
            bytes.AsSpan(i, part).Reverse();
        }

        return bytes;
    }
}
