using System.Buffers.Binary;
using Google.Protobuf;
using Toolkit.Onnx.Protobuf;

namespace Toolkit.Fuzz.Tests;

/// <summary>Changes a stored tensor: its dimensions, its type, its elements, or where it says that they are.</summary>
internal sealed class TensorMutator(Random random)
{
    /// <summary>Changes the tensor in place.</summary>
    public void Mutate(TensorProto tensor)
    {
        switch (random.Next(14))
        {
            case 0 when tensor.Dims.Count > 0:
                tensor.Dims[random.Next(tensor.Dims.Count)] = Hostile.Integer(random);
                break;
            case 1:
                Reshape(tensor);
                break;
            case 2:
                tensor.DataType = random.Next(-1, 28);
                break;
            case 3:
                tensor.RawData = ByteString.CopyFrom(new byte[random.Next(64)]);
                break;
            case 4:
                tensor.ExternalData.Add(new StringStringEntryProto { Key = random.Next(3) == 0 ? Hostile.Text(random) : "location", Value = random.Next(3) switch { 0 => "../x", 1 => "/etc/passwd", _ => "x.bin" } });
                tensor.DataLocation = random.Next(3) == 0 ? TensorProto.Types.DataLocation.Default : TensorProto.Types.DataLocation.External;
                break;
            case 5:
                Resize(tensor);
                break;
            default:
                for (int count = random.Next(1, 4); count > 0; count--)
                {
                    SetElement(tensor);
                }

                break;
        }
    }

    // The same elements under other dimensions, or a few more or fewer with the elements to match.
    private void Reshape(TensorProto tensor)
    {
        switch (random.Next(4))
        {
            case 0:
                tensor.Dims.Insert(random.Next(tensor.Dims.Count + 1), 1);
                break;
            case 1:
                long length = tensor.Dims.Aggregate(1L, (product, size) => product * size);
                tensor.Dims.Clear();
                tensor.Dims.Add(length);
                break;
            case 2 when tensor.Dims.Count > 1:
                long first = tensor.Dims[0];
                tensor.Dims.RemoveAt(0);
                tensor.Dims.Add(first);
                break;
            default:
                for (int i = 0; i < tensor.Dims.Count; i++)
                {
                    if (tensor.Dims[i] == 1)
                    {
                        tensor.Dims.RemoveAt(i);
                        break;
                    }
                }

                break;
        }
    }

    // One axis grows or shrinks, and the data with it: the tensor stays valid.
    private void Resize(TensorProto tensor)
    {
        if (tensor.Dims.Count == 0 || !tensor.HasRawData || tensor.RawData.Length == 0 || tensor.Dims.Any(size => size is <= 0 or > 1000))
        {
            return;
        }

        int axis = random.Next(tensor.Dims.Count);
        int size = Hostile.Size(random);
        long newLength = tensor.RawData.Length / tensor.Dims[axis] * size;
        if (newLength > 1 << 16)
        {
            return;
        }

        var bytes = new byte[newLength];
        ReadOnlySpan<byte> source = tensor.RawData.Span;
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = source[i % source.Length];
        }

        tensor.Dims[axis] = size;
        tensor.RawData = ByteString.CopyFrom(bytes);
    }

    private void SetElement(TensorProto tensor)
    {
        if (tensor.Int64Data.Count > 0)
        {
            tensor.Int64Data[random.Next(tensor.Int64Data.Count)] = Hostile.Integer(random);
        }
        else if (tensor.Int32Data.Count > 0)
        {
            tensor.Int32Data[random.Next(tensor.Int32Data.Count)] = (int)Hostile.Integer(random);
        }
        else if (tensor.FloatData.Count > 0)
        {
            tensor.FloatData[random.Next(tensor.FloatData.Count)] = (float)Hostile.Real(random);
        }
        else if (tensor.StringData.Count > 0)
        {
            tensor.StringData[random.Next(tensor.StringData.Count)] = random.Next(5) == 0 ? ByteString.CopyFrom(0xC3, 0x28) : ByteString.CopyFromUtf8(Hostile.Text(random));
        }
        else if (tensor.RawData.Length > 0)
        {
            SetRaw(tensor);
        }
    }

    private void SetRaw(TensorProto tensor)
    {
        byte[] bytes = tensor.RawData.ToByteArray();
        int size = tensor.DataType switch { 7 or 11 or 13 => 8, 1 or 6 or 12 => 4, 4 or 5 or 10 or 16 => 2, _ => 1 };
        if (bytes.Length < size)
        {
            return;
        }

        Span<byte> element = bytes.AsSpan(random.Next(bytes.Length / size) * size, size);
        switch (tensor.DataType)
        {
            case 7:
                BinaryPrimitives.WriteInt64LittleEndian(element, Hostile.Integer(random));
                break;
            case 6:
                BinaryPrimitives.WriteInt32LittleEndian(element, (int)Hostile.Integer(random));
                break;
            case 1:
                BinaryPrimitives.WriteSingleLittleEndian(element, (float)Hostile.Real(random));
                break;
            case 11:
                BinaryPrimitives.WriteDoubleLittleEndian(element, Hostile.Real(random));
                break;
            default:
                random.NextBytes(element);
                break;
        }

        tensor.RawData = ByteString.CopyFrom(bytes);
    }
}
