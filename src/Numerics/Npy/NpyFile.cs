using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Toolkit.Numerics.Npy;

/// <summary>
/// Reads and writes NumPy's <c>.npy</c> arrays (NumPy enhancement proposal 1 and <c>numpy.lib.format</c>): versions 1.0, 2.0 and
/// 3.0, both byte orders, C and Fortran order when reading; version 1.0, little endian, C order when writing.
/// </summary>
/// <remarks>
/// Element types: <c>f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 b1 c8 c16</c>. Types that NumPy lacks are written by their values in the least type that holds each of them exactly: bfloat16, float8
/// and float4 as <c>f4</c>, the signed integers of two and four bits as <c>i1</c>, the unsigned ones as <c>u1</c>. A file does not tell that they were such.
/// </remarks>
public static class NpyFile
{
    private const int ChunkSize = 1 << 20;

    /// <summary>Reads the array of a file.</summary>
    /// <exception cref="InvalidDataException">The file is no <c>.npy</c> file, is cut, or holds an element type or size that no tensor has.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Tensor Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads one array from where the stream stands and leaves it after the array's last byte.</summary>
    /// <exception cref="InvalidDataException">As for a file.</exception>
    public static Tensor Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(stream, "npy stream");
    }

    /// <summary>Writes an array into a file, whole or not at all (<see cref="AtomicFile"/>).</summary>
    /// <exception cref="ArgumentException">The elements are strings.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Tensor known = NpyValues.Of(tensor);
        NpyHeader header = NpyHeader.Of(known);
        AtomicFile.Write(path, stream => Write(stream, header, known));
    }

    /// <summary>Writes an array to a stream.</summary>
    /// <exception cref="ArgumentException">The elements are strings.</exception>
    public static void Write(Stream stream, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensor);
        Tensor known = NpyValues.Of(tensor);
        Write(stream, NpyHeader.Of(known), known);
    }

    /// <summary>Reads one array; <paramref name="name"/> begins every message.</summary>
    internal static Tensor Read(Stream stream, string name)
    {
        NpyHeader header = NpyHeader.Read(stream, name);
        ElementTypeInfo info = ElementTypes.Get(header.ElementType);
        long byteCount = (long)header.Shape.Length * info.Size;
        Tensor tensor = stream.CanSeek ? ReadSeekable(stream, header, byteCount, name) : ReadForward(stream, header, byteCount, name);
        if (header.IsBigEndian)
        {
            ReverseBytes(tensor.Bytes, info.ClrType == typeof(Complex64) || info.ClrType == typeof(Complex) ? info.Size / 2 : info.Size);
        }

        if (header.ElementType == ElementType.Bool)
        {
            // Any other byte than 0 is true; a CLR bool must be 0 or 1.
            foreach (ref byte value in tensor.Bytes)
            {
                value = (byte)(value == 0 ? 0 : 1);
            }
        }

        return header.IsFortranOrder ? FromFortranOrder(tensor, info) : tensor;
    }

    // The file's length is known: it is checked before memory is taken.
    private static Tensor ReadSeekable(Stream stream, NpyHeader header, long byteCount, string name)
    {
        long available = stream.Length - stream.Position;
        if (available < byteCount)
        {
            throw Truncated(name, header, byteCount, available);
        }

        Tensor tensor = Tensor.Create(header.ElementType, header.Shape);
        int read = ReadUpTo(stream, tensor.Bytes);
        return read == tensor.Bytes.Length ? tensor : throw Truncated(name, header, byteCount, read);
    }

    // The length is not known (a compressed entry): memory is taken as the bytes come.
    private static Tensor ReadForward(Stream stream, NpyHeader header, long byteCount, string name)
    {
        var chunks = new List<byte[]>();
        long total = 0;
        while (total < byteCount)
        {
            var chunk = new byte[(int)Math.Min(ChunkSize, byteCount - total)];
            int read = ReadUpTo(stream, chunk);
            total += read;
            if (read < chunk.Length)
            {
                throw Truncated(name, header, byteCount, total);
            }

            chunks.Add(chunk);
        }

        Tensor tensor = Tensor.Create(header.ElementType, header.Shape);
        Span<byte> destination = tensor.Bytes;
        foreach (byte[] chunk in chunks)
        {
            chunk.CopyTo(destination);
            destination = destination[chunk.Length..];
        }

        return tensor;
    }

    private static int ReadUpTo(Stream stream, Span<byte> buffer) => stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);

    private static InvalidDataException Truncated(string name, NpyHeader header, long expected, long actual) =>
        new($"{name}: expected {expected} bytes of {header.ElementType} data for shape {header.Shape}, got {actual}; the file is cut.");

    private static void ReverseBytes(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2:
                Span<ushort> words = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 4:
                Span<uint> doubleWords = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(doubleWords, doubleWords);
                break;
            case 8:
                Span<ulong> quadWords = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(quadWords, quadWords);
                break;
        }
    }

    // Fortran order has the first axis innermost: its stride is 1.
    private static Tensor FromFortranOrder(Tensor source, ElementTypeInfo info)
    {
        Shape shape = source.Shape;
        Tensor result = info.Allocate(shape);
        ReadOnlySpan<byte> from = source.Bytes;
        Span<byte> to = result.Bytes;
        Span<int> index = stackalloc int[Shape.MaxRank];
        index.Clear();
        for (int i = 0; i < shape.Length; i++)
        {
            int offset = 0;
            int stride = 1;
            for (int axis = 0; axis < shape.Rank; axis++)
            {
                offset += index[axis] * stride;
                stride *= shape[axis];
            }

            from.Slice(offset * info.Size, info.Size).CopyTo(to[(i * info.Size)..]);
            for (int axis = shape.Rank - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
            {
                index[axis] = 0;
            }
        }

        return result;
    }

    private static void Write(Stream stream, NpyHeader header, Tensor tensor)
    {
        stream.Write(header.ToBytes());
        stream.Write(tensor.Contiguous().Bytes);
    }
}
