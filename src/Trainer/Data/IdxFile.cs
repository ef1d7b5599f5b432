using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Reads and writes IDX files, the format of MNIST: two zero bytes, an element type, the number of dimensions, each
/// dimension as a big-endian 32-bit integer, then the elements, row-major and big-endian.
/// Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits", section "File formats".
/// </summary>
/// <remarks>
/// A file is untrusted. The size that the header promises is checked against the bytes that are there before memory
/// is taken, and no more than that size is ever inflated.
/// </remarks>
public static class IdxFile
{
    private const int PrefixLength = 4;

    // Deflate cannot do better than 258 bytes for a 2-bit code: 1032 to 1. Gzip's header and trailer only add.
    private const long MaxInflation = 1032;

    /// <summary>Reads a file, plain or gzip; which of the two it is, the content says, not the name.</summary>
    /// <param name="path">The file.</param>
    /// <returns>A tensor of uint8, int8, int16, int32, float32 or float64.</returns>
    /// <exception cref="DatasetException">The file is missing, unreadable, truncated, too long or no IDX file.</exception>
    public static Tensor Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
            return Read(file, path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetException($"{path}: expected an IDX file, found no file; check the path.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path}: expected a readable IDX file, got: {OneLine(exception)}", exception);
        }
    }

    /// <summary>Reads a stream that can seek, from its position to its end.</summary>
    /// <param name="stream">The bytes, plain or gzip.</param>
    /// <param name="name">What messages call the stream.</param>
    /// <exception cref="DatasetException">The stream is truncated, too long or no IDX file.</exception>
    public static Tensor Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        long available = stream.Length - stream.Position;
        Span<byte> start = stackalloc byte[2];
        int count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Seek(-count, SeekOrigin.Current);
        if (count < start.Length || start[0] != 0x1F || start[1] != 0x8B)
        {
            return Parse(stream, name, available, isGzip: false);
        }

        try
        {
            using var inflated = new GZipStream(new GzipEndMark(stream), CompressionMode.Decompress);
            return Parse(inflated, name, available, isGzip: true);
        }
        catch (InvalidDataException exception)
        {
            throw new DatasetException($"{name}: expected a whole gzip file, got a damaged or truncated one ({OneLine(exception)}); get the file again.", exception);
        }
    }

    /// <summary>Writes a file; a crash or an error leaves the old one whole.</summary>
    /// <param name="path">The file. A name that ends in <c>.gz</c> makes it gzip.</param>
    /// <param name="tensor">uint8, int8, int16, int32, float32 or float64, of rank 1 to <see cref="Shape.MaxRank"/>.</param>
    /// <exception cref="ArgumentException">IDX has no such element type or rank.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Tensor tensor)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _ = Header(tensor);
        AtomicFile.Write(path, stream => Write(stream, tensor, gzip: path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Writes to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write(string, Tensor)"/>
    public static void Write(Stream stream, Tensor tensor, bool gzip = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] header = Header(tensor);
        byte[] content = tensor.Bytes.ToArray();
        SwapToBigEndian(content, ElementTypes.Get(tensor.ElementType).Size);
        if (gzip)
        {
            using var deflated = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            deflated.Write(header);
            deflated.Write(content);
        }
        else
        {
            stream.Write(header);
            stream.Write(content);
        }
    }

    /// <summary>The bytes that stand before the elements of a tensor.</summary>
    internal static byte[] Header(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        byte code = CodeOf(tensor.ElementType);
        int rank = tensor.Shape.Rank;
        if (code == 0 || rank == 0)
        {
            throw new ArgumentException(
                $"IdxFile: expected uint8, int8, int16, int32, float32 or float64 of rank 1 or more, got {tensor.ElementType} of shape {tensor.Shape}; convert or reshape it first.",
                nameof(tensor));
        }

        var header = new byte[PrefixLength + (4 * rank)];
        header[2] = code;
        header[3] = (byte)rank;
        for (int axis = 0; axis < rank; axis++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(PrefixLength + (4 * axis)), tensor.Shape[axis]);
        }

        return header;
    }

    private static Tensor Parse(Stream stream, string name, long available, bool isGzip)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        ReadExactly(stream, prefix, name, "the 4 bytes that an IDX file starts with");
        ElementType elementType = TypeOf(prefix[2]);
        int rank = prefix[3];
        if (prefix[0] != 0 || prefix[1] != 0 || elementType == ElementType.Undefined || rank is 0 or > Shape.MaxRank)
        {
            throw new DatasetException(
                $"{name}: expected an IDX magic number (00 00, type 08 09 0B 0C 0D or 0E, 1 to {Shape.MaxRank} dimensions), got {Convert.ToHexString(prefix)}; this is no IDX file.");
        }

        Span<byte> sizes = stackalloc byte[4 * rank];
        ReadExactly(stream, sizes, name, $"the {rank} dimensions of the header");
        Shape shape = ShapeOf(sizes, elementType, name, out long bytes);
        long content = available - PrefixLength - sizes.Length;
        if (isGzip ? bytes > available * MaxInflation : bytes != content)
        {
            throw new DatasetException(isGzip
                ? $"{name}: expected {bytes} bytes of elements for shape {shape}, got a gzip file of {available} bytes, which cannot hold them; the file is damaged or truncated, get it again."
                : $"{name}: expected {bytes} bytes of elements for shape {shape}, got {content}; the file is {(content < bytes ? "truncated" : "too long")}, get it again.");
        }

        Tensor tensor = Tensor.Create(elementType, shape);
        ReadExactly(stream, tensor.Bytes, name, $"{bytes} bytes of elements for shape {shape}");

        Span<byte> beyond = stackalloc byte[2];
        int extra = stream.ReadAtLeast(beyond, beyond.Length, throwOnEndOfStream: false);
        if (isGzip && extra == 0)
        {
            throw new DatasetException($"{name}: expected the end of the gzip file after its elements, got something else; the file is too long or damaged, get it again.");
        }

        if (extra > (isGzip ? 1 : 0))
        {
            throw new DatasetException($"{name}: expected {bytes} bytes of elements for shape {shape}, got more; the file is too long, get it again.");
        }

        SwapToBigEndian(tensor.Bytes, ElementTypes.Get(elementType).Size);
        return tensor;
    }

    private static Shape ShapeOf(ReadOnlySpan<byte> sizes, ElementType elementType, string name, out long bytes)
    {
        var dimensions = new int[sizes.Length / 4];
        bytes = ElementTypes.Get(elementType).Size;
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(sizes[(4 * axis)..]);
            bytes = size == 0 ? 0 : bytes * size;
            if (size > int.MaxValue || bytes > Array.MaxLength)
            {
                throw new DatasetException(
                    $"{name}: expected at most {Array.MaxLength} bytes of elements, got dimension {axis} of {size} in a header that promises more; the file is damaged or is no IDX file.");
            }

            dimensions[axis] = (int)size;
        }

        return new Shape(dimensions);
    }

    private static void ReadExactly(Stream stream, Span<byte> destination, string name, string expected)
    {
        int count = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        if (count < destination.Length)
        {
            throw new DatasetException($"{name}: expected {expected}, got {count} bytes; the file is truncated, get it again.");
        }
    }

    /// <summary>Between big-endian and the machine's order; the same swap serves both ways.</summary>
    private static void SwapToBigEndian(Span<byte> elements, int size)
    {
        if (!BitConverter.IsLittleEndian)
        {
            return;
        }

        switch (size)
        {
            case 2:
                Span<short> words = MemoryMarshal.Cast<byte, short>(elements);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 4:
                Span<int> doubleWords = MemoryMarshal.Cast<byte, int>(elements);
                BinaryPrimitives.ReverseEndianness(doubleWords, doubleWords);
                break;
            case 8:
                Span<long> quadWords = MemoryMarshal.Cast<byte, long>(elements);
                BinaryPrimitives.ReverseEndianness(quadWords, quadWords);
                break;
        }
    }

    private static ElementType TypeOf(byte code) => code switch
    {
        0x08 => ElementType.UInt8,
        0x09 => ElementType.Int8,
        0x0B => ElementType.Int16,
        0x0C => ElementType.Int32,
        0x0D => ElementType.Float32,
        0x0E => ElementType.Float64,
        _ => ElementType.Undefined,
    };

    private static byte CodeOf(ElementType elementType) => elementType switch
    {
        ElementType.UInt8 => 0x08,
        ElementType.Int8 => 0x09,
        ElementType.Int16 => 0x0B,
        ElementType.Int32 => 0x0C,
        ElementType.Float32 => 0x0D,
        ElementType.Float64 => 0x0E,
        _ => 0,
    };

    private static string OneLine(Exception exception) => exception.Message.ReplaceLineEndings(" ");
}
