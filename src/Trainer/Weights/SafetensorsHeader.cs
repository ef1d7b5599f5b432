using System.Text;
using System.Text.Json;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Weights;

/// <summary>The JSON header of a safetensors file.</summary>
/// <param name="Entries">The tensors in the order of their bytes, which follow each other without gaps.</param>
/// <param name="Metadata">Texts by name.</param>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, OrderedDictionary<string, string> Metadata)
{
    /// <summary>The format's own limit, in bytes.</summary>
    public const int MaxLength = 100_000_000;

    public const string MetadataKey = "__metadata__";

    private const int Alignment = 8;

    private static readonly (string Name, ElementType Type)[] Types =
    [
        ("BF16", ElementType.BFloat16),
        ("BOOL", ElementType.Bool),
        ("F16", ElementType.Float16),
        ("F32", ElementType.Float32),
        ("F64", ElementType.Float64),
        ("I16", ElementType.Int16),
        ("I32", ElementType.Int32),
        ("I64", ElementType.Int64),
        ("I8", ElementType.Int8),
        ("U16", ElementType.UInt16),
        ("U32", ElementType.UInt32),
        ("U64", ElementType.UInt64),
        ("U8", ElementType.UInt8),
    ];

    /// <summary>The format's name of a type.</summary>
    /// <exception cref="ArgumentException">The format has no such type.</exception>
    public static string NameOf(ElementType type) => Array.Find(Types, entry => entry.Type == type).Name
        ?? throw new ArgumentException($"Safetensors: expected tensors of {string.Join(", ", Types.Select(entry => entry.Name))}, got {type}.", nameof(type));

    public static byte[] Format(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(MetadataKey);
                foreach ((string name, string text) in metadata)
                {
                    json.WriteString(name, text);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            foreach ((string name, Tensor tensor) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", NameOf(tensor.ElementType));
                json.WriteStartArray("shape");
                foreach (int dimension in tensor.Shape.Dimensions)
                {
                    json.WriteNumberValue(dimension);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                offset += tensor.Bytes.Length;
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces after the object put the first tensor on a multiple of 8 bytes, as the reference implementation does.
        int padded = (int)((stream.Length + Alignment - 1) / Alignment * Alignment);
        while (stream.Length < padded)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.Length <= MaxLength
            ? stream.ToArray()
            : throw new SafetensorsException($"Safetensors: expected a header of at most {MaxLength} bytes, got {stream.Length}; write fewer tensors or shorter names.");
    }

    /// <summary>Reads and checks a header.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="dataLength">How many bytes follow it.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="SafetensorsException">Something in it is wrong.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> utf8, long dataLength, string file)
    {
        var entries = new List<SafetensorsEntry>();
        var metadata = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException($"expected an object as header, got {document.RootElement.ValueKind}");
            }

            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.NameEquals(MetadataKey))
                {
                    ReadMetadata(property.Value, metadata);
                }
                else
                {
                    entries.Add(ReadEntry(property));
                }
            }

            entries.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
            CheckOffsets(entries, dataLength);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or OverflowException or ArgumentException or DecoderFallbackException)
        {
            throw new SafetensorsException($"{file}: {exception.Message.TrimEnd('.')}; the file is damaged or is no safetensors file.", exception);
        }

        return new SafetensorsHeader(entries, metadata);
    }

    private static void ReadMetadata(JsonElement element, OrderedDictionary<string, string> metadata)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{MetadataKey}: expected an object of texts, got {element.ValueKind}");
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            metadata.Add(property.Name, property.Value.GetString() ?? throw new FormatException($"{MetadataKey}: expected a text as '{property.Name}', got null"));
        }
    }

    private static SafetensorsEntry ReadEntry(JsonProperty property)
    {
        string name = property.Name;
        string typeName = Field("dtype").GetString() ?? "null";
        ElementType type = Array.Find(Types, entry => entry.Name == typeName).Type;
        if (type == ElementType.Undefined)
        {
            throw new FormatException($"tensor '{name}': expected a dtype of {string.Join(", ", Types.Select(entry => entry.Name))}, got {typeName}");
        }

        JsonElement dimensions = Field("shape");
        if (dimensions.GetArrayLength() > Shape.MaxRank)
        {
            throw new FormatException($"tensor '{name}': expected at most {Shape.MaxRank} dimensions, got {dimensions.GetArrayLength()}");
        }

        var shape = new Shape([.. dimensions.EnumerateArray().Select(dimension => dimension.GetInt32())]);
        JsonElement offsets = Field("data_offsets");
        if (offsets.GetArrayLength() != 2)
        {
            throw new FormatException($"tensor '{name}': expected two data_offsets, got {offsets.GetArrayLength()}");
        }

        long begin = offsets[0].GetInt64();
        long end = offsets[1].GetInt64();
        long bytes = (long)shape.Length * ElementTypes.Get(type).Size;
        return begin >= 0 && end >= begin && end - begin == bytes
            ? new SafetensorsEntry(name, type, shape, begin, end)
            : throw new FormatException($"tensor '{name}': expected {bytes} bytes for {typeName} {shape}, got data_offsets [{begin},{end}]");

        JsonElement Field(string field) => property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty(field, out JsonElement value)
            ? value
            : throw new FormatException($"tensor '{name}': expected '{field}', got none");
    }

    private static void CheckOffsets(List<SafetensorsEntry> entries, long dataLength)
    {
        long offset = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Begin != offset)
            {
                throw new FormatException($"tensor '{entry.Name}': expected its data to begin at {offset}, where the one before ends, got {entry.Begin}");
            }

            offset = entry.End;
        }

        if (offset != dataLength)
        {
            throw new FormatException($"expected {offset} bytes of data for its {entries.Count} tensors, got {dataLength}");
        }
    }
}
