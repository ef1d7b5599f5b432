using Microsoft.ML.OnnxRuntime;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.OnnxRuntime;

/// <summary>ONNX Runtime on the CPU, the backend <c>ort</c>.</summary>
/// <param name="allowSpinning">
/// Whether ONNX Runtime's idle threads spin while they wait for work, which is its default: the least latency between back-to-back
/// runs, at the price of busy cores. False parks them at once, as a device on a battery wants.
/// </param>
public sealed class OnnxRuntimeBackend(bool allowSpinning = true) : IInferenceBackend
{
    /// <inheritdoc/>
    public string Name => "ort";

    /// <inheritdoc/>
    public string? UnavailableReason => OnnxRuntimeLibrary.UnavailableReason;

    /// <inheritdoc/>
    public IInferenceSession Load(ReadOnlyMemory<byte> model, InferenceOptions? options = null)
    {
        options ??= InferenceOptions.Default;
        if (UnavailableReason is { } reason)
        {
            throw new PlatformNotSupportedException(reason);
        }

        using SessionOptions native = OnnxRuntimeLibrary.CreateOptions(options, allowSpinning);
        return OnnxRuntimeSession.Load(Name, model, native, options);
    }
}
