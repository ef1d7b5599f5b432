using System.Text;

namespace Toolkit.Cli.Tests;

/// <summary>
/// Writes .onnx files that no writer of valid models would: protobuf wire format by hand, field numbers of onnx.proto.
/// </summary>
internal static class WireModel
{
    /// <summary>A model x [N,4] -> y [N,4] of the given nodes (operator, name, inputs, outputs).</summary>
    public static byte[] Of(params (string OpType, string Name, string[] Inputs, string[] Outputs)[] nodes)
    {
        List<byte> graph = [];
        foreach ((string opType, string name, string[] inputs, string[] outputs) in nodes)
        {
            List<byte> node = [];
            Array.ForEach(inputs, input => Text(node, 1, input));
            Array.ForEach(outputs, output => Text(node, 2, output));
            Text(node, 3, name);
            Text(node, 4, opType);
            Message(graph, 1, node);
        }

        Text(graph, 2, "graph");
        Message(graph, 11, Value("x"));
        Message(graph, 12, Value("y"));
        List<byte> opset = [];
        Number(opset, 2, 17);
        List<byte> model = [];
        Number(model, 1, 8);
        Message(model, 7, graph);
        Message(model, 8, opset);
        return [.. model];
    }

    private static List<byte> Value(string name)
    {
        List<byte> batch = [];
        Text(batch, 2, "N");
        List<byte> width = [];
        Number(width, 1, 4);
        List<byte> shape = [];
        Message(shape, 1, batch);
        Message(shape, 1, width);
        List<byte> tensor = [];
        Number(tensor, 1, 1);
        Message(tensor, 2, shape);
        List<byte> type = [];
        Message(type, 1, tensor);
        List<byte> value = [];
        Text(value, 1, name);
        Message(value, 2, type);
        return value;
    }

    private static void Text(List<byte> target, int field, string text) => Message(target, field, [.. Encoding.UTF8.GetBytes(text)]);

    private static void Message(List<byte> target, int field, List<byte> content)
    {
        Varint(target, (ulong)((field << 3) | 2));
        Varint(target, (ulong)content.Count);
        target.AddRange(content);
    }

    private static void Number(List<byte> target, int field, ulong value)
    {
        Varint(target, (ulong)(field << 3));
        Varint(target, value);
    }

    private static void Varint(List<byte> target, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            target.Add((byte)(value | 0x80));
        }

        target.Add((byte)value);
    }
}
