using Microsoft.ML.OnnxRuntime;

namespace Toolkit.EdgeRuntime.OnnxRuntime;

/// <summary>The native ONNX Runtime of this process: whether it is there, its providers, and session options.</summary>
internal static class OnnxRuntimeLibrary
{
    private static readonly Lazy<(string? Reason, string[] Providers)> State = new(Open);

    /// <summary>Why the native library cannot be used, or null.</summary>
    public static string? UnavailableReason => State.Value.Reason;

    /// <summary>The execution providers that it was built with.</summary>
    public static IReadOnlyList<string> Providers => State.Value.Providers;

    /// <summary>Session options; the caller disposes them.</summary>
    public static SessionOptions CreateOptions(InferenceOptions options, bool allowSpinning)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        var native = new SessionOptions
        {
            // What goes wrong is thrown with ONNX Runtime's own text; on standard error it would appear a second time.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            IntraOpNumThreads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };
        if (options.Limits.ExternalDataFolder is { } folder)
        {
            native.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", Path.GetFullPath(folder));
        }

        native.AddSessionConfigEntry("session.intra_op.allow_spinning", allowSpinning ? "1" : "0");
        return native;
    }

    private static (string? Reason, string[] Providers) Open()
    {
        try
        {
            OrtEnv environment;
            if (OrtEnv.IsCreated)
            {
                environment = OrtEnv.Instance();
            }
            else
            {
                var options = new EnvironmentCreationOptions { logId = "toolkit", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
                environment = OrtEnv.CreateInstanceWithOptions(ref options);
            }

            return (null, environment.GetAvailableProviders());
        }
        catch (Exception exception) when (exception is DllNotFoundException or TypeInitializationException or BadImageFormatException or EntryPointNotFoundException)
        {
            string detail = OnnxRuntimeErrors.OneLine((exception.InnerException ?? exception).Message);
            return ($"Backend ort: the native library onnxruntime (package Microsoft.ML.OnnxRuntime) cannot be loaded here; use the backend managed. {detail}", []);
        }
    }
}
