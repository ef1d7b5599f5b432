using System.Buffers.Binary;
using System.Text;

namespace Toolkit.Numerics.Npy;

/// <summary>What an <c>.npy</c> file says before its data: a magic, a version, and a Python dictionary.</summary>
internal sealed record NpyHeader(ElementType ElementType, bool IsBigEndian, bool IsFortranOrder, Shape Shape)
{
    // The data begin at a multiple of this, as NumPy writes them.
    private const int Alignment = 64;

    // A longer dictionary describes no array of at most 16 axes.
    private const int MaxDictionaryLength = 1 << 16;

    private static readonly (string Code, ElementType ElementType)[] Types =
    [
        ("f2", ElementType.Float16),
        ("f4", ElementType.Float32),
        ("f8", ElementType.Float64),
        ("i1", ElementType.Int8),
        ("i2", ElementType.Int16),
        ("i4", ElementType.Int32),
        ("i8", ElementType.Int64),
        ("u1", ElementType.UInt8),
        ("u2", ElementType.UInt16),
        ("u4", ElementType.UInt32),
        ("u8", ElementType.UInt64),
        ("b1", ElementType.Bool),
        ("c8", ElementType.Complex64),
        ("c16", ElementType.Complex128),
    ];

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private static string SupportedTypes => string.Join(' ', Types.Select(type => type.Code));

    /// <summary>The header that a tensor is written with.</summary>
    /// <exception cref="ArgumentException">NumPy has no such element type.</exception>
    public static NpyHeader Of(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Array.Exists(Types, type => type.ElementType == tensor.ElementType)
            ? new NpyHeader(tensor.ElementType, IsBigEndian: false, IsFortranOrder: false, tensor.Shape)
            : throw new ArgumentException($"npy: expected elements of a type in ({SupportedTypes}), got {tensor.ElementType}; cast the tensor first.", nameof(tensor));
    }

    /// <summary>Reads a header; the stream then stands at the data.</summary>
    /// <exception cref="InvalidDataException">It is no header of a supported array.</exception>
    public static NpyHeader Read(Stream stream, string name)
    {
        Span<byte> start = stackalloc byte[8];
        ReadExactly(stream, start, name, "magic and version");
        if (!start[..6].SequenceEqual(Magic))
        {
            throw new InvalidDataException($"{name}: expected an .npy file, which begins with 93 4E 55 4D 50 59, got {BitConverter.ToString(start[..6].ToArray()).Replace('-', ' ')}.");
        }

        if (start[6] is < 1 or > 3 || start[7] != 0)
        {
            throw new InvalidDataException($"{name}: expected .npy version 1.0, 2.0 or 3.0, got {start[6]}.{start[7]}.");
        }

        Span<byte> size = start[..(start[6] == 1 ? 2 : 4)];
        Encoding encoding = start[6] == 3 ? Encoding.UTF8 : Encoding.Latin1;
        ReadExactly(stream, size, name, "header length");
        uint length = size.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > MaxDictionaryLength)
        {
            throw new InvalidDataException($"{name}: expected an .npy header of at most {MaxDictionaryLength} bytes, got {length}.");
        }

        var dictionary = new byte[length];
        ReadExactly(stream, dictionary, name, "header");
        return Parse(encoding.GetString(dictionary), name);
    }

    /// <summary>The header as version 1.0, padded with spaces so that the data are aligned.</summary>
    public byte[] ToBytes()
    {
        string code = Array.Find(Types, type => type.ElementType == ElementType).Code;
        string order = ElementTypes.Get(ElementType).Size == 1 ? "|" : IsBigEndian ? ">" : "<";
        string dimensions = string.Concat(Shape.Select((size, axis) => axis == 0 ? $"{size}," : axis == 1 ? $" {size}" : $", {size}"));
        string dictionary = $"{{'descr': '{order}{code}', 'fortran_order': {(IsFortranOrder ? "True" : "False")}, 'shape': ({dimensions}), }}";
        int prefix = Magic.Length + 4;
        int length = ((prefix + dictionary.Length + 1 + Alignment - 1) / Alignment * Alignment) - prefix;
        var bytes = new byte[prefix + length];
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)length);
        bytes.AsSpan(prefix).Fill((byte)' ');
        Encoding.ASCII.GetBytes(dictionary, bytes.AsSpan(prefix));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    private static void ReadExactly(Stream stream, Span<byte> buffer, string name, string what)
    {
        int read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (read < buffer.Length)
        {
            throw new InvalidDataException($"{name}: expected {buffer.Length} bytes of .npy {what}, got {read}; the file is cut.");
        }
    }

    private static NpyHeader Parse(string text, string name)
    {
        var parser = new NpyDictionaryParser(text, name);
        string? descr = null;
        bool? isFortranOrder = null;
        Shape? shape = null;
        parser.Expect('{');
        while (!parser.TryTake('}'))
        {
            string key = parser.TakeString();
            parser.Expect(':');
            switch (key)
            {
                case "descr":
                    descr = parser.TakeString();
                    break;
                case "fortran_order":
                    isFortranOrder = parser.TakeBoolean();
                    break;
                case "shape":
                    shape = parser.TakeShape();
                    break;
                default:
                    throw parser.Error($"the keys 'descr', 'fortran_order' and 'shape', got '{key}'");
            }

            if (!parser.TryTake(','))
            {
                parser.Expect('}');
                break;
            }
        }

        if (descr is null || isFortranOrder is null || shape is null)
        {
            throw parser.Error("the keys 'descr', 'fortran_order' and 'shape'");
        }

        bool hasOrder = descr.Length > 0 && "<>|=".Contains(descr[0], StringComparison.Ordinal);
        string code = hasOrder ? descr[1..] : descr;
        ElementType type = Array.Find(Types, entry => entry.Code == code).ElementType;
        return type != ElementType.Undefined
            ? new NpyHeader(type, hasOrder && descr[0] == '>', isFortranOrder.Value, shape.Value)
            : throw new InvalidDataException($"{name}: expected an .npy element type in ({SupportedTypes}), got '{descr}'; convert the array with astype.");
    }
}
