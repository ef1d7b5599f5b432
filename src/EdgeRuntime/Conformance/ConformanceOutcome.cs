namespace Toolkit.EdgeRuntime.Conformance;

/// <summary>How a case ended.</summary>
public enum ConformanceOutcome
{
    /// <summary>Every output agrees with the stored one.</summary>
    Passed,

    /// <summary>An output differs, the run threw what a valid model must not, or it did not end in time.</summary>
    Failed,

    /// <summary>The backend says, by an <see cref="Onnx.UnsupportedOperatorException"/>, that it does not run the model.</summary>
    Unsupported,
}
