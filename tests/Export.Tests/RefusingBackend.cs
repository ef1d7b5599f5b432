using Toolkit.EdgeRuntime;
using Toolkit.Onnx;

namespace Toolkit.Export.Tests;

/// <summary>A backend that runs no model.</summary>
internal sealed class RefusingBackend : IInferenceBackend
{
    public string Name => "refusing";

    public string? UnavailableReason => null;

    public IInferenceSession Load(ReadOnlyMemory<byte> model, InferenceOptions? options = null) =>
        throw new UnsupportedOperatorException("Gemm", "", 17, "/hidden/Gemm", "not here.");
}
