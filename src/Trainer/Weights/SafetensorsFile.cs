using System.Buffers.Binary;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Weights;

/// <summary>
/// Named tensors in the safetensors format: the header's length (8 bytes, little endian), the header (JSON: for each name <c>dtype</c>,
/// <c>shape</c> and <c>data_offsets</c> from the end of the header, and texts under <c>__metadata__</c>), then the tensors' bytes,
/// row-major and little endian, without gaps. A file is untrusted input: everything in it is checked before memory is taken.
/// </summary>
/// <remarks>https://github.com/huggingface/safetensors, section "Format". Types that .NET cannot store, the 8-bit floats, are refused.</remarks>
public sealed class SafetensorsFile
{
    private const int PrefixLength = 8;

    /// <summary>Makes the content of a file.</summary>
    /// <param name="tensors">The tensors by name, in the order in which they are written.</param>
    /// <param name="metadata">Texts by name.</param>
    /// <exception cref="ArgumentException">A name stands twice or is <c>__metadata__</c>, or a tensor's type is not the format's.</exception>
    public SafetensorsFile(IEnumerable<KeyValuePair<string, Tensor>> tensors, IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var byName = new OrderedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach ((string name, Tensor tensor) in tensors)
        {
            ArgumentNullException.ThrowIfNull(tensor, nameof(tensors));
            if (name == SafetensorsHeader.MetadataKey || !byName.TryAdd(name, tensor.Contiguous()))
            {
                throw new ArgumentException($"Safetensors: expected a name of its own for every tensor, got '{name}' {(byName.ContainsKey(name) ? "twice" : "as a tensor's name")}.", nameof(tensors));
            }

            _ = SafetensorsHeader.NameOf(tensor.ElementType);
        }

        Tensors = byName;
        Metadata = new OrderedDictionary<string, string>(metadata ?? [], StringComparer.Ordinal);
    }

    /// <summary>The tensors by name, in the file's order.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>Texts by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="SafetensorsException">It is not a safetensors file, is damaged, or holds a type that cannot be stored.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafetensorsFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads from a stream that can seek, from its current position to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="SafetensorsException">It is not a safetensors file, is damaged, or holds a type that cannot be stored.</exception>
    public static SafetensorsFile Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        long length = stream.Length - stream.Position;
        Span<byte> prefix = stackalloc byte[PrefixLength];
        if (stream.ReadAtLeast(prefix, PrefixLength, throwOnEndOfStream: false) < PrefixLength)
        {
            throw new SafetensorsException($"{name}: expected a safetensors file, got {length} bytes; the file is cut or is another.");
        }

        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > SafetensorsHeader.MaxLength || (long)headerLength > length - PrefixLength)
        {
            throw new SafetensorsException(
                $"{name}: expected a header of at most {Math.Min(SafetensorsHeader.MaxLength, length - PrefixLength)} bytes, got a length of {headerLength}; the file is cut or is no safetensors file.");
        }

        var headerBytes = new byte[(int)headerLength];
        stream.ReadExactly(headerBytes);
        long dataLength = length - PrefixLength - headerBytes.Length;
        SafetensorsHeader header = SafetensorsHeader.Parse(headerBytes, dataLength, name);
        var tensors = new List<KeyValuePair<string, Tensor>>();
        foreach (SafetensorsEntry entry in header.Entries)
        {
            tensors.Add(KeyValuePair.Create(entry.Name, ReadTensor(stream, entry)));
        }

        return new SafetensorsFile(tensors, header.Metadata);
    }

    /// <summary>Writes the file, whole or not at all (<see cref="AtomicFile"/>).</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, Write);
    }

    /// <summary>Writes to a stream.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] header = SafetensorsHeader.Format(Tensors, Metadata);
        Span<byte> prefix = stackalloc byte[PrefixLength];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);
        foreach (Tensor tensor in Tensors.Values)
        {
            stream.Write(tensor.Bytes);
        }
    }

    /// <summary>A tensor of floating-point numbers as float32; float64 is rounded, float16 and bfloat16 are exact.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="SafetensorsException">There is none of that name, or it holds other numbers.</exception>
    public Tensor<float> GetSingles(string name)
    {
        Tensor tensor = Tensors.TryGetValue(name, out Tensor? found)
            ? found
            : throw new SafetensorsException($"Safetensors: expected a tensor '{name}', got {(Tensors.Count == 0 ? "none" : string.Join(", ", Tensors.Keys))}.");
        return tensor switch
        {
            Tensor<float> singles => singles,
            Tensor<double> doubles => Convert(doubles, value => (float)value),
            Tensor<Half> halves => Convert(halves, value => (float)value),
            Tensor<BFloat16> halves => Convert(halves, value => (float)value),
            _ => throw new SafetensorsException($"Safetensors: tensor '{name}': expected floating-point numbers (F64, F32, F16, BF16), got {SafetensorsHeader.NameOf(tensor.ElementType)}."),
        };
    }

    private static Tensor<float> Convert<T>(Tensor<T> source, Func<T, float> convert)
    {
        var result = new Tensor<float>(source.Shape);
        for (int i = 0; i < result.Length; i++)
        {
            result.Span[i] = convert(source.Span[i]);
        }

        return result;
    }

    private static Tensor ReadTensor(Stream stream, SafetensorsEntry entry)
    {
        Tensor tensor = Tensor.Create(entry.ElementType, entry.Shape);
        Span<byte> bytes = tensor.Bytes;
        stream.ReadExactly(bytes);
        if (entry.ElementType == ElementType.Bool)
        {
            // Any other byte than 0 is true; a CLR bool must be 0 or 1.
            foreach (ref byte value in bytes)
            {
                value = (byte)(value == 0 ? 0 : 1);
            }
        }

        return tensor;
    }
}
