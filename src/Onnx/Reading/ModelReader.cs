using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Toolkit.Onnx.Protobuf;

namespace Toolkit.Onnx.Reading;

/// <summary>Reads a model file: parses with limits on size and depth, then validates everything that it says.</summary>
internal static class ModelReader
{
    private const int MinIrVersion = 3;
    private const int MaxIrVersion = 13;

    public static OnnxModel Load(string path, OnnxLimits limits)
    {
        using FileStream file = File.OpenRead(path);
        RequireSize(file.Length, limits);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Parse(bytes, limits);
    }

    public static OnnxModel Parse(ReadOnlySpan<byte> bytes, OnnxLimits limits)
    {
        RequireSize(bytes.Length, limits);
        limits = limits with { Usage = new ReadUsage() };
        new WireScanner(limits).Scan(bytes);
        try
        {
            return Convert(ModelProto.Parser.ParseFrom(bytes), limits);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw WireScanner.Damaged(exception);
        }
    }

    private static void RequireSize(long size, OnnxLimits limits)
    {
        if (size == 0)
        {
            throw new OnnxModelException("Model: expected an ONNX file, got an empty one.");
        }

        if (size > Math.Min(limits.MaxFileBytes, Array.MaxLength))
        {
            throw new OnnxModelException($"Model: {size} bytes exceed the limit of {Math.Min(limits.MaxFileBytes, Array.MaxLength)} (OnnxLimits.MaxFileBytes).");
        }
    }

    private static OnnxModel Convert(ModelProto proto, OnnxLimits limits)
    {
        // Bytes that happen to parse as some message: every ONNX file says its version and has a graph.
        if (!proto.HasIrVersion || proto.Graph is null)
        {
            throw new OnnxModelException($"Model: expected an ONNX file, got one without {(proto.HasIrVersion ? "a graph" : "an IR version")}: the file is cut off, damaged or of another kind.");
        }

        if (proto.IrVersion is < MinIrVersion or > MaxIrVersion)
        {
            throw new OnnxModelException($"Model: expected an IR version from {MinIrVersion} to {MaxIrVersion}, got {proto.IrVersion}; convert the model.");
        }

        if (proto.OpsetImport.Count == 0)
        {
            throw new OnnxModelException("Model: expected one opset import at least, got none.");
        }

        Dictionary<string, int> opsets = ReadOpsets(proto.OpsetImport, "Model");
        var model = new OnnxModel(GraphReader.Read(new GraphExpander(proto, limits).Expand(opsets), limits))
        {
            IrVersion = proto.IrVersion,
            ProducerName = proto.ProducerName,
            ProducerVersion = proto.ProducerVersion,
            Domain = proto.Domain,
            ModelVersion = proto.ModelVersion,
            Description = proto.DocString,
        };
        model.OpsetImports.Clear();
        foreach ((string domain, int version) in opsets)
        {
            model.OpsetImports.Add(domain, version);
        }

        foreach (StringStringEntryProto entry in proto.MetadataProps)
        {
            if (!model.Metadata.TryAdd(entry.Key, entry.Value))
            {
                throw new OnnxModelException($"Model: metadata '{entry.Key}' is there twice.");
            }
        }

        return model;
    }

    /// <summary>The version of each domain that a model or function imports.</summary>
    public static Dictionary<string, int> ReadOpsets(RepeatedField<OperatorSetIdProto> imports, string what)
    {
        var opsets = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (OperatorSetIdProto import in imports)
        {
            string domain = GraphReader.Normalize(import.Domain);
            if (import.Version is < 1 or > int.MaxValue)
            {
                throw new OnnxModelException(string.Create(CultureInfo.InvariantCulture, $"{what}: expected an opset version of 1 or more for domain '{domain}', got {import.Version}."));
            }

            if (!opsets.TryAdd(domain, (int)import.Version))
            {
                throw new OnnxModelException($"{what}: the opset of domain '{(domain.Length == 0 ? "ai.onnx" : domain)}' is imported twice.");
            }
        }

        return opsets;
    }
}
