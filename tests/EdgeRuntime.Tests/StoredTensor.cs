using System.Text;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Reads a file that holds one TensorProto: as the value of a Constant node in a model that is put around its bytes.</summary>
internal static class StoredTensor
{
    private const int TensorAttribute = 4;

    public static Tensor Read(ReadOnlySpan<byte> tensor)
    {
        // Field numbers of onnx.proto.
        byte[] attribute = [.. Text(1, "value"), .. Field(5, tensor), .. Number(20, TensorAttribute)];
        byte[] node = [.. Text(2, "y"), .. Text(4, "Constant"), .. Field(5, attribute)];
        byte[] graph = [.. Field(1, node), .. Text(2, "tensor"), .. Field(12, Text(1, "y"))];
        byte[] model = [.. Number(1, 8), .. Field(7, graph), .. Field(8, Number(2, OnnxModel.DefaultOpset))];
        return ((Constant)OnnxModel.Parse(model).Graph.Nodes[0].Operator).Value;
    }

    private static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int field, ReadOnlySpan<byte> bytes) => [.. Variable(((uint)field << 3) | 2), .. Variable((uint)bytes.Length), .. bytes];

    private static byte[] Number(int field, long value) => [.. Variable((uint)field << 3), .. Variable((uint)value)];

    private static byte[] Variable(uint value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }
}
