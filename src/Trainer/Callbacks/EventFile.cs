using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer.Callbacks;

/// <summary>
/// A TensorBoard event file: TFRecords (length as uint64, masked CRC-32C of it, data, masked CRC-32C of the data; little endian), each an <c>Event</c>
/// message. Written are the fields <c>wall_time</c> (1, double), <c>step</c> (2, int64), <c>file_version</c> (3, string) and <c>summary</c> (5), whose <c>value</c> (1)
/// has <c>tag</c> (1, string) and <c>simple_value</c> (2, float).
/// </summary>
/// <remarks>tensorflow/core/lib/io/record_writer.h, core/util/event.proto, core/framework/summary.proto.</remarks>
internal sealed class EventFile : IDisposable
{
    private const uint MaskDelta = 0xa282ead8;
    private const string Version = "brain.Event:2";
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private static int _created;

    private readonly FileStream _stream;
    private readonly MemoryStream _message = new();
    private readonly MemoryStream _summary = new();
    private readonly MemoryStream _value = new();

    private EventFile(FileStream stream) => _stream = stream;

    public string FilePath => _stream.Name;

    public long Length => _stream.Length;

    /// <summary>Makes a file in a folder, which is made where it is missing. The name is its own also beside other processes' files.</summary>
    public static EventFile Create(string folder, DateTimeOffset now)
    {
        Directory.CreateDirectory(folder);
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.{now.ToUnixTimeSeconds():D10}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref _created)}.v2");
        var file = new EventFile(new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read));
        WriteTime(file._message, now);
        WriteText(file._message, 3, Version);
        file.WriteRecord();
        return file;
    }

    /// <summary>Opens a file to go on after its first <paramref name="length"/> bytes; the rest is cut off.</summary>
    public static EventFile Continue(string path, long length)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read);
        stream.SetLength(length);
        stream.Position = length;
        return new EventFile(stream);
    }

    /// <summary>Adds a scalar.</summary>
    public void Add(DateTimeOffset time, long step, string tag, double value)
    {
        _value.SetLength(0);
        WriteText(_value, 1, tag);
        WriteTag(_value, 2, Fixed32);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
        _value.Write(bytes);

        _summary.SetLength(0);
        WriteBytes(_summary, 1, _value);

        WriteTime(_message, time);
        WriteTag(_message, 2, Varint);
        WriteVarint(_message, (ulong)step);
        WriteBytes(_message, 5, _summary);
        WriteRecord();
    }

    public void Flush() => _stream.Flush();

    public void FlushToDisk() => _stream.Flush(flushToDisk: true);

    public void Dispose() => _stream.Dispose();

    private static void WriteTime(MemoryStream message, DateTimeOffset time)
    {
        WriteTag(message, 1, Fixed64);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, time.ToUnixTimeMilliseconds() / 1000.0);
        message.Write(bytes);
    }

    private static void WriteText(MemoryStream message, int field, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        WriteTag(message, field, LengthDelimited);
        WriteVarint(message, (ulong)bytes.Length);
        message.Write(bytes);
    }

    private static void WriteBytes(MemoryStream message, int field, MemoryStream part)
    {
        WriteTag(message, field, LengthDelimited);
        WriteVarint(message, (ulong)part.Length);
        part.WriteTo(message);
    }

    private static void WriteTag(MemoryStream message, int field, int wireType) => WriteVarint(message, (ulong)((field << 3) | wireType));

    private static void WriteVarint(MemoryStream message, ulong value)
    {
        for (; value > 0x7f; value >>= 7)
        {
            message.WriteByte((byte)(value | 0x80));
        }

        message.WriteByte((byte)value);
    }

    /// <summary>Writes the message as a record, and empties it.</summary>
    private void WriteRecord()
    {
        ReadOnlySpan<byte> data = _message.GetBuffer().AsSpan(0, (int)_message.Length);
        Span<byte> frame = stackalloc byte[sizeof(ulong) + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(frame, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[sizeof(ulong)..], Masked(frame[..sizeof(ulong)]));
        _stream.Write(frame);
        _stream.Write(data);
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Masked(data));
        _stream.Write(frame[..sizeof(uint)]);
        _message.SetLength(0);
    }

    private static uint Masked(ReadOnlySpan<byte> bytes) => uint.RotateRight(Crc32C.Compute(bytes), 15) + MaskDelta;
}
