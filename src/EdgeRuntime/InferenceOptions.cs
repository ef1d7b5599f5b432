using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime;

/// <summary>How a session runs.</summary>
public sealed record InferenceOptions
{
    /// <summary>The options that are used where none are given: all processors, the default limits.</summary>
    public static InferenceOptions Default { get; } = new();

    /// <summary>Threads to compute with, the caller included; 0 means one a processor.</summary>
    public int Threads { get; init; }

    /// <summary>What the model may ask for at most.</summary>
    public OnnxLimits Limits { get; init; } = OnnxLimits.Default;

    /// <summary>
    /// How long loading the model, and each run, may take before a <see cref="TimeoutException"/> ends it; null without a limit. The managed
    /// engine looks at the clock between nodes and inside whatever a model can make long: what it stops, it stops a few hundredths
    /// of a second later at most.
    /// </summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>How the managed engine computes quantized models. Other backends do not read it: ONNX Runtime fuses.</summary>
    public QuantizedArithmetic QuantizedArithmetic { get; init; }

    /// <summary>
    /// The names of the managed engine's compiler passes that are left out, to compare results with and without them; <see cref="ManagedBackend.PassNames"/> lists all.
    /// Results differ by rounding at most. Other backends do not read it.
    /// </summary>
    public IReadOnlySet<string> DisabledPasses { get; init; } = System.Collections.Immutable.ImmutableHashSet<string>.Empty;
}
