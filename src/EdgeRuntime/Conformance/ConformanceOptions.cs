namespace Toolkit.EdgeRuntime.Conformance;

/// <summary>How cases are run.</summary>
public sealed record ConformanceOptions
{
    /// <summary>The options that are used where none are given: one thread, ONNX's tolerance, half a minute a case.</summary>
    public static ConformanceOptions Default { get; } = new();

    /// <summary>How sessions run.</summary>
    public InferenceOptions Inference { get; init; } = new() { Threads = 1 };

    /// <summary>How far outputs may differ.</summary>
    public ConformanceTolerance Tolerance { get; init; } = ConformanceTolerance.Onnx;

    /// <summary>How long a case may take. One that takes longer has failed, and is left to itself.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);
}
