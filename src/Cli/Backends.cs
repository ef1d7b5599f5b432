using Toolkit.Cli.Frame;
using Toolkit.EdgeRuntime;
using Toolkit.EdgeRuntime.OnnxRuntime;
using Toolkit.Onnx;

namespace Toolkit.Cli;

/// <summary>The backends by name.</summary>
internal static class Backends
{
    /// <summary>The best backend that is there and runs the model.</summary>
    public const string Auto = "auto";

    /// <summary>ONNX Runtime on an NVIDIA GPU.</summary>
    public const string Cuda = "cuda";

    /// <summary>Every backend, in the order in which they are listed; the first is the reference in comparisons.</summary>
    public static IReadOnlyList<IInferenceBackend> All { get; } = [new ManagedBackend(), new OnnxRuntimeBackend(), new CudaBackend()];

    /// <summary>The names that <c>--backend</c> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = [Auto, .. All.Select(backend => backend.Name)];

    /// <summary>Those that can run here.</summary>
    public static IReadOnlyList<IInferenceBackend> Available => [.. All.Where(backend => backend.UnavailableReason is null)];

    /// <summary>The backend of a name.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static IInferenceBackend Get(string name) => All.FirstOrDefault(backend => backend.Name == name)
        ?? throw new UsageException($"backend '{name}': expected one of {string.Join(", ", All.Select(backend => backend.Name))}.{NearestName.Hint(name, Names)}");

    /// <summary>
    /// Loads a model in the backend of a name. <c>auto</c> takes CUDA where it is there, else ONNX Runtime, else the managed engine,
    /// passing over one that does not run an operator of the model; a backend that was asked for by name is never passed over.
    /// </summary>
    public static IInferenceSession Load(string name, ModelFile model, InferenceOptions options)
    {
        if (name != Auto)
        {
            return Get(name).Load(model.Bytes, options);
        }

        var reasons = new List<string>();
        foreach (IInferenceBackend backend in Available.Reverse())
        {
            try
            {
                return backend.Load(model.Bytes, options);
            }
            catch (UnsupportedOperatorException exception)
            {
                reasons.Add($"{backend.Name}: {exception.Message}");
            }
        }

        throw new UsageException($"'{model.Path}': no backend here runs it. {string.Join(' ', reasons)}");
    }

    /// <summary>Loads a model in every backend that runs it here; the others are reported with the reason.</summary>
    public static void LoadAll(ModelFile model, InferenceOptions options, ICollection<IInferenceSession> sessions, Action<string, string> skipped)
    {
        foreach (IInferenceBackend backend in All)
        {
            if (ReasonAgainst(backend, model) is { } reason)
            {
                skipped(backend.Name, reason);
            }
            else
            {
                sessions.Add(backend.Load(model.Bytes, options));
            }
        }
    }

    /// <summary>Why a backend cannot run a model here, or null where it can.</summary>
    public static string? ReasonAgainst(IInferenceBackend backend, ModelFile model) => Refusal(backend, model)?.Message;

    /// <summary>What a backend throws for a model, or null where it runs it.</summary>
    public static Exception? Refusal(IInferenceBackend backend, ModelFile model)
    {
        if (backend.UnavailableReason is { } reason)
        {
            return new PlatformNotSupportedException(reason);
        }

        try
        {
            using IInferenceSession session = backend.Load(model.Bytes, new InferenceOptions { Limits = model.Limits });
            return null;
        }
        catch (Exception exception) when (exception is UnsupportedOperatorException or OnnxModelException)
        {
            return exception;
        }
    }
}
