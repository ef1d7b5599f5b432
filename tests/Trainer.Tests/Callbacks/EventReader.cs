using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Toolkit.Trainer.Tests.Callbacks;

/// <summary>Reads TensorBoard event files by their description, with a check of every record.</summary>
internal static class EventReader
{
    /// <summary>The version of a file and its scalars.</summary>
    public static (string Version, List<(long Step, string Tag, float Value)> Scalars) Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        string version = "";
        var scalars = new List<(long Step, string Tag, float Value)>();
        for (int at = 0; at < bytes.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            Assert.Equal(Masked(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            byte[] data = bytes[(at + 12)..(at + 12 + length)];
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            at += length + 16;

            Dictionary<int, object> fields = Fields(data);
            Assert.InRange(BitConverter.UInt64BitsToDouble((ulong)fields[1]), 1e9, 1e11);
            if (fields.TryGetValue(3, out object? text))
            {
                version = Encoding.UTF8.GetString((byte[])text);
            }

            if (fields.TryGetValue(5, out object? summary))
            {
                Dictionary<int, object> value = Fields((byte[])Fields((byte[])summary)[1]);
                scalars.Add(((long)(ulong)fields[2], Encoding.UTF8.GetString((byte[])value[1]), BitConverter.UInt32BitsToSingle((uint)(ulong)value[2])));
            }
        }

        return (version, scalars);
    }

    /// <summary>The check by its definition, bit by bit: polynomial 0x1EDC6F41, reflected.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78u);
            }
        }

        return ~crc;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes) => BitOperations.RotateLeft(Crc(bytes), 17) + 0xa282ead8u;

    private static Dictionary<int, object> Fields(byte[] message)
    {
        var fields = new Dictionary<int, object>();
        int at = 0;
        while (at < message.Length)
        {
            ulong tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    fields.Add((int)(tag >> 3), Varint(message, ref at));
                    break;
                case 1:
                    fields.Add((int)(tag >> 3), BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(at)));
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(message, ref at);
                    fields.Add((int)(tag >> 3), message[at..(at + length)]);
                    at += length;
                    break;
                case 5:
                    fields.Add((int)(tag >> 3), (ulong)BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(at)));
                    at += 4;
                    break;
                default:
                    Assert.Fail($"wire type {tag & 7}");
                    break;
            }
        }

        return fields;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = message[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
