using Toolkit.Numerics;
using Toolkit.Onnx.Reading;
using Toolkit.Onnx.Writing;

namespace Toolkit.Onnx;

/// <summary>A model: a graph, the operator sets that it is written in, and where it comes from.</summary>
public sealed class OnnxModel
{
    /// <summary>The opset of <c>ai.onnx</c> that is written by default.</summary>
    public const int DefaultOpset = 17;

    /// <summary>The version of the file format that is written by default.</summary>
    public const int DefaultIrVersion = 8;

    /// <summary>Makes a model of a graph.</summary>
    public OnnxModel(OnnxGraph graph) => Graph = graph;

    /// <summary>The graph.</summary>
    public OnnxGraph Graph { get; }

    /// <summary>The version of the file format.</summary>
    public long IrVersion { get; set; } = DefaultIrVersion;

    /// <summary>The version of each domain's operators; the empty domain is <c>ai.onnx</c>.</summary>
    public IDictionary<string, long> OpsetImports { get; } = new SortedDictionary<string, long>(StringComparer.Ordinal) { [""] = DefaultOpset };

    /// <summary>The tool that wrote the model.</summary>
    public string ProducerName { get; set; } = "";

    /// <summary>That tool's version.</summary>
    public string ProducerVersion { get; set; } = "";

    /// <summary>The model's namespace, reverse DNS.</summary>
    public string Domain { get; set; } = "";

    /// <summary>The model's own version.</summary>
    public long ModelVersion { get; set; }

    /// <summary>Text for people.</summary>
    public string Description { get; set; } = "";

    /// <summary>
    /// Whether the types of the values inside the graph are written beside those of its inputs and outputs. Every reader infers them; a small file is smaller
    /// without.
    /// </summary>
    public bool WritesInnerTypes { get; set; } = true;

    /// <summary>Named facts: classes, input normalisation, recipe, accuracy.</summary>
    public IDictionary<string, string> Metadata { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reads and validates a model file.</summary>
    /// <exception cref="OnnxModelException">The file is not a valid model or exceeds the limits.</exception>
    /// <exception cref="UnsupportedOperatorException">The model uses an operator that has no record.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxModel Load(string path, OnnxLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ModelReader.Load(path, limits ?? OnnxLimits.Default);
    }

    /// <summary>Reads and validates a model from memory.</summary>
    /// <inheritdoc cref="Load(string, OnnxLimits?)"/>
    public static OnnxModel Parse(ReadOnlySpan<byte> bytes, OnnxLimits? limits = null) => ModelReader.Parse(bytes, limits ?? OnnxLimits.Default);

    /// <summary>The model as the bytes of an .onnx file. The same model always gives the same bytes.</summary>
    /// <exception cref="OnnxModelException">The model is not valid.</exception>
    public byte[] ToBytes() => ModelWriter.Write(this);

    /// <summary>Writes the model under a temporary name and moves it into place.</summary>
    /// <exception cref="OnnxModelException">The model is not valid; nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written; an old one is whole.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes = ToBytes();
        AtomicFile.Write(path, file => file.Write(bytes));
    }
}
