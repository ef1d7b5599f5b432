using Google.Protobuf;

namespace Toolkit.Onnx.Reading;

/// <summary>
/// Walks a file's messages without making any: counts them, measures how deep they nest, and finds damage. A message takes
/// two bytes at least in a file and a hundred in memory, so the file's size alone does not bound what parsing it takes.
/// </summary>
internal sealed class WireScanner(OnnxLimits limits)
{
    // A subgraph is a message in an attribute in a node; what a type or tensor nests is a few more.
    private const int MessagesPerLevel = 3;

    private enum Message
    {
        Leaf,
        Model,
        Graph,
        Node,
        Attribute,
        Tensor,
        SparseTensor,
        ValueInfo,
        Type,
        TypeOfElements,
        TensorType,
        Shape,
        Training,
        Function,
        Annotation,
        Sequence,
        Map,
        Optional,
    }

    private long _messages;

    /// <summary>Scans a whole model.</summary>
    /// <exception cref="OnnxModelException">The bytes are no protobuf messages, or the limits are exceeded.</exception>
    public void Scan(ReadOnlySpan<byte> model) => Scan(model, Message.Model, 0);

    /// <summary>Scans a stored value.</summary>
    /// <inheritdoc cref="Scan(ReadOnlySpan{byte})"/>
    public void ScanValue(ReadOnlySpan<byte> value, OnnxType type) => Scan(
        value,
        type switch { SequenceType => Message.Sequence, OptionalType => Message.Optional, MapType => Message.Map, _ => Message.Tensor },
        0);

    /// <summary>Scans a file that holds one tensor.</summary>
    /// <exception cref="OnnxModelException">The bytes are no protobuf messages, or the limits are exceeded.</exception>
    public void ScanTensor(ReadOnlySpan<byte> tensor) => Scan(tensor, Message.Tensor, 0);

    /// <summary>The exception for bytes that are no ONNX file.</summary>
    public static OnnxModelException Damaged(Exception? cause = null) =>
        new("Model: expected an ONNX file (protobuf), got bytes that do not parse: the file is cut off, damaged or of another kind.", cause!);

    /// <summary>The message in a length-delimited field; null where it is text or bytes (see onnx.proto).</summary>
    private static Message? Child(Message message, uint field) => (message, field) switch
    {
        (Message.Model, 7) or (Message.Attribute, 6 or 11) or (Message.Training, 1 or 2) => Message.Graph,
        (Message.Graph, 1) or (Message.Function, 7) => Message.Node,
        (Message.Node, 5) or (Message.Function, 11) => Message.Attribute,
        (Message.Graph, 5) or (Message.Attribute, 5 or 10) or (Message.SparseTensor, 1 or 2) => Message.Tensor,
        (Message.Graph, 15) or (Message.Attribute, 22 or 23) => Message.SparseTensor,
        (Message.Graph, 11 or 12 or 13) or (Message.Function, 12) => Message.ValueInfo,
        (Message.ValueInfo, 2) or (Message.Attribute, 14 or 15) or (Message.TypeOfElements, 1 or 2) => Message.Type,
        (Message.Type, 4 or 5 or 9) => Message.TypeOfElements,
        (Message.Type, 1 or 8) => Message.TensorType,
        (Message.TensorType, 2) => Message.Shape,
        (Message.Model, 20) => Message.Training,
        (Message.Model, 25) => Message.Function,
        (Message.Graph, 14) => Message.Annotation,
        (Message.Model, 8 or 14) or (Message.Graph, 16) or (Message.Node, 9) or (Message.Tensor, 3 or 13 or 16) => Message.Leaf,
        (Message.ValueInfo, 4) or (Message.Type, 7) or (Message.Shape, 1) or (Message.Training, 3 or 4) => Message.Leaf,
        (Message.Function, 9 or 14) or (Message.Annotation, 2) => Message.Leaf,
        (Message.Sequence or Message.Optional, 3) => Message.Tensor,
        (Message.Sequence or Message.Optional, 4) => Message.SparseTensor,
        (Message.Sequence or Message.Optional, 5) or (Message.Map, 5) => Message.Sequence,
        (Message.Sequence or Message.Optional, 6) => Message.Map,
        (Message.Sequence or Message.Optional, 7) => Message.Optional,
        _ => null,
    };

    private static ulong ReadVarint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int i = 0; i < 10 && i < bytes.Length; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return value;
            }
        }

        throw Damaged();
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, ulong length)
    {
        if (length > (ulong)bytes.Length)
        {
            throw Damaged();
        }

        ReadOnlySpan<byte> taken = bytes[..(int)length];
        bytes = bytes[(int)length..];
        return taken;
    }

    private void Scan(ReadOnlySpan<byte> bytes, Message message, int depth)
    {
        if (depth > MessagesPerLevel * (long)limits.MaxDepth)
        {
            throw new OnnxModelException($"Model: its messages nest deeper than the limit of {limits.MaxDepth} (OnnxLimits.MaxDepth).");
        }

        if (++_messages > limits.MaxMessages)
        {
            throw new OnnxModelException($"Model: it consists of more messages than the limit of {limits.MaxMessages} (OnnxLimits.MaxMessages).");
        }

        while (bytes.Length > 0)
        {
            uint tag = (uint)ReadVarint(ref bytes);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.Varint:
                    ReadVarint(ref bytes);
                    break;
                case WireFormat.WireType.Fixed32:
                    Take(ref bytes, sizeof(uint));
                    break;
                case WireFormat.WireType.Fixed64:
                    Take(ref bytes, sizeof(ulong));
                    break;
                case WireFormat.WireType.LengthDelimited:
                    ReadOnlySpan<byte> content = Take(ref bytes, ReadVarint(ref bytes));
                    if (Child(message, (uint)WireFormat.GetTagFieldNumber(tag)) is { } child)
                    {
                        Scan(content, child, depth + 1);
                    }

                    break;
                default:
                    // Groups: no ONNX message has them.
                    throw Damaged();
            }
        }
    }
}
