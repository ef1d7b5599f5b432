using Toolkit.Onnx.Reading;

namespace Toolkit.Onnx;

/// <summary>What a model file from a stranger may ask for at most.</summary>
public sealed record OnnxLimits
{
    /// <summary>The limits that are used where none are given.</summary>
    public static OnnxLimits Default { get; } = new();

    /// <summary>Bytes of the file.</summary>
    public long MaxFileBytes { get; init; } = 512L << 20;

    /// <summary>Nodes in all.</summary>
    public int MaxNodes { get; init; } = 100_000;

    /// <summary>Messages of the file in all: nodes, attributes, tensors, declared values and their parts.</summary>
    public int MaxMessages { get; init; } = 4_000_000;

    /// <summary>Bytes of one tensor.</summary>
    public long MaxTensorBytes { get; init; } = 1L << 30;

    /// <summary>Bytes that a plan's arena may take in all.</summary>
    public long MaxPlanBytes { get; init; } = 2L << 30;

    /// <summary>Bytes of tensors in other files (external data) in all.</summary>
    public long MaxExternalBytes { get; init; } = 2L << 30;

    /// <summary>
    /// The folder from which tensors that are stored outside of the model's file (external data) may be read; null, the default, reads none. The model names
    /// the files, so grant a folder that holds nothing else: mostly the one in which the model lies. No name leads out of it.
    /// </summary>
    public string? ExternalDataFolder { get; init; }

    /// <summary>Bytes by which constant folding may grow a model.</summary>
    public long MaxFoldedBytes { get; init; } = 64L << 20;

    /// <summary>How deep messages, subgraphs and functions may nest.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Trips that one loop may make.</summary>
    public long MaxLoopTrips { get; init; } = 1_000_000;

    /// <summary>What reading a model has taken so far.</summary>
    internal ReadUsage? Usage { get; init; }
}
