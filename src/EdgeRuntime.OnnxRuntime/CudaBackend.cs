using Microsoft.ML.OnnxRuntime;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.OnnxRuntime;

/// <summary>
/// ONNX Runtime on an NVIDIA GPU, the backend <c>cuda</c>. Needs a build with <c>-p:OrtGpu=true</c>, which swaps the package
/// Microsoft.ML.OnnxRuntime for Microsoft.ML.OnnxRuntime.Gpu, and on the machine the CUDA runtime and cuDNN. Where any of them is
/// missing, <see cref="Load"/> throws and says which: it never runs on the CPU instead.
/// </summary>
/// <param name="device">The GPU's index.</param>
public sealed class CudaBackend(int device = 0) : IInferenceBackend
{
    private const string Provider = "CUDAExecutionProvider";

    private readonly Lazy<string?> _unavailableReason = new(() => FindUnavailableReason(device));

    /// <inheritdoc/>
    public string Name => "cuda";

    /// <inheritdoc/>
    public string? UnavailableReason => _unavailableReason.Value;

    /// <inheritdoc/>
    public IInferenceSession Load(ReadOnlyMemory<byte> model, InferenceOptions? options = null)
    {
        options ??= InferenceOptions.Default;
        if (UnavailableReason is { } reason)
        {
            throw new PlatformNotSupportedException(reason);
        }

        using SessionOptions native = OnnxRuntimeLibrary.CreateOptions(options, allowSpinning: true);
        try
        {
            native.AppendExecutionProvider_CUDA(device);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new PlatformNotSupportedException(MissingLibrary(exception.Message), exception);
        }

        return OnnxRuntimeSession.Load(Name, model, native, options);
    }

    /// <summary>The message for a machine whose ONNX Runtime has been built without CUDA.</summary>
    internal static string MissingPackage =>
        "Backend cuda: this build has no CUDA execution provider (libonnxruntime_providers_cuda.so is missing); "
        + "build with -p:OrtGpu=true, which takes the package Microsoft.ML.OnnxRuntime.Gpu, or use the backend ort or managed.";

    /// <summary>The message for a machine where the provider is there but a library that it needs is not.</summary>
    internal static string MissingLibrary(string nativeMessage) =>
        "Backend cuda: the CUDA execution provider (libonnxruntime_providers_cuda.so of Microsoft.ML.OnnxRuntime.Gpu, -p:OrtGpu=true) cannot be loaded; "
        + "install the NVIDIA driver, the CUDA runtime (libcudart) and cuDNN that it was built for. " + OnnxRuntimeErrors.OneLine(nativeMessage);

    private static string? FindUnavailableReason(int device)
    {
        if (OnnxRuntimeLibrary.UnavailableReason is { } reason)
        {
            return IsGpuBuild ? reason : MissingPackage;
        }

        if (!OnnxRuntimeLibrary.Providers.Contains(Provider, StringComparer.Ordinal))
        {
            return MissingPackage;
        }

        try
        {
            // Appending loads the provider and what it links to: a missing library shows here, not at the first model.
            using var options = new SessionOptions();
            options.AppendExecutionProvider_CUDA(device);
            return null;
        }
        catch (OnnxRuntimeException exception)
        {
            return MissingLibrary(exception.Message);
        }
    }

    private static bool IsGpuBuild =>
#if ORT_GPU
        true;
#else
        false;
#endif
}
