using System.Runtime.InteropServices;

namespace Toolkit.Tests;

/// <summary>Tensor files as ONNX stores them, written by hand: field numbers of onnx.proto's TensorProto.</summary>
internal static class StoredFloats
{
    /// <summary>The bytes of a float32 tensor; a dimension is at most 127.</summary>
    public static byte[] Of(int[] shape, params float[] values)
    {
        List<byte> bytes = [];
        foreach (int size in shape)
        {
            bytes.AddRange([1 << 3, (byte)size]);
        }

        byte[] raw = MemoryMarshal.AsBytes<float>(values).ToArray();
        bytes.AddRange([2 << 3, 1, (9 << 3) | 2, (byte)raw.Length]);
        return [.. bytes, .. raw];
    }

    /// <summary>Writes a case of ONNX's backend tests: the model, and one set of inputs and outputs.</summary>
    public static void WriteCase(string folder, byte[] model, byte[][] inputs, byte[][] outputs, int set = 0)
    {
        string data = Path.Combine(folder, $"test_data_set_{set}");
        Directory.CreateDirectory(data);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), model);
        for (int i = 0; i < inputs.Length; i++)
        {
            File.WriteAllBytes(Path.Combine(data, $"input_{i}.pb"), inputs[i]);
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            File.WriteAllBytes(Path.Combine(data, $"output_{i}.pb"), outputs[i]);
        }
    }
}
