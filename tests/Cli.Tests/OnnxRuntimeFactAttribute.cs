namespace Toolkit.Cli.Tests;

/// <summary>A test that compares with ONNX Runtime; skipped visibly where its native library is not.</summary>
public sealed class OnnxRuntimeFactAttribute : FactAttribute
{
    public OnnxRuntimeFactAttribute() => Skip = Backends.Get("ort").UnavailableReason;
}
