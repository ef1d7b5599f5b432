using System.Globalization;
using Google.Protobuf;
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

        Dictionary<string, int> opsets = ReadOpsets(proto);
        RequireNoOverrides(proto);
        var model = new OnnxModel(new GraphReader(proto.Graph, opsets, limits).Read())
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

    private static Dictionary<string, int> ReadOpsets(ModelProto proto)
    {
        if (proto.OpsetImport.Count == 0)
        {
            throw new OnnxModelException("Model: expected one opset import at least, got none.");
        }

        var opsets = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (OperatorSetIdProto import in proto.OpsetImport)
        {
            string domain = GraphReader.Normalize(import.Domain);
            if (import.Version is < 1 or > int.MaxValue)
            {
                throw new OnnxModelException(string.Create(CultureInfo.InvariantCulture, $"Model: expected an opset version of 1 or more for domain '{domain}', got {import.Version}."));
            }

            if (!opsets.TryAdd(domain, (int)import.Version))
            {
                throw new OnnxModelException($"Model: the opset of domain '{(domain.Length == 0 ? "ai.onnx" : domain)}' is imported twice.");
            }
        }

        return opsets;
    }

    /// <summary>A function of the model that has the name of an operator replaces it, so the operator's record is not its meaning.</summary>
    private static void RequireNoOverrides(ModelProto proto)
    {
        foreach (FunctionProto function in proto.Functions)
        {
            string domain = GraphReader.Normalize(function.Domain);
            if (OperatorTable.Find(domain, function.Name) is not null && proto.Graph.Node.Any(node => node.OpType == function.Name && Normalized(node) == domain))
            {
                throw new UnsupportedOperatorException($"Model: function '{function.Name}' replaces the operator of that name, and functions are not supported; inline it.");
            }
        }

        static string Normalized(NodeProto node) => GraphReader.Normalize(node.Domain);
    }
}
