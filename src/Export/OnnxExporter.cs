using System.Reflection;
using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Trainer;

namespace Toolkit.Export;

/// <summary>
/// Writes trained models as ONNX: opset 17, IR version 8, the batch left open as <c>N</c>. The model is run in inference mode and
/// each of its operations writes itself; what exists in training only (dropout) leaves nothing.
/// </summary>
public static class OnnxExporter
{
    private const int DefaultCheckSamples = 32;
    private const ulong DefaultCheckSeed = 42;

    /// <summary>The name that files carry as their producer.</summary>
    public const string ProducerName = "Toolkit";

    /// <summary>This tool's version, which files carry.</summary>
    public static string ProducerVersion { get; } =
        typeof(OnnxExporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>The model as an ONNX graph, not checked and not written.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built, or two of its values have one name.</exception>
    /// <exception cref="NotSupportedException">An operation of the model has no form in ONNX.</exception>
    public static OnnxModel ToOnnx(this Model model, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= OnnxExportOptions.Default;
        var onnx = new OnnxModel(GraphRecorder.Record(model.Trace(), model.Name))
        {
            ProducerName = ProducerName,
            ProducerVersion = ProducerVersion,
            Description = options.Description,
        };
        foreach ((string key, string value) in options.Metadata)
        {
            onnx.Metadata[key] = value;
        }

        return onnx;
    }

    /// <summary>
    /// Exports a model, loads the bytes in every backend, compares each with the trainer's predictions, and only then
    /// moves the file into place: a file that is there has been checked.
    /// </summary>
    /// <param name="model">The trained model.</param>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="options">Metadata, backends, samples to check with.</param>
    /// <param name="cancellationToken">Ends the export before the file appears.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is written.</exception>
    /// <exception cref="ExportCheckException">A backend cannot run the file or disagrees with the trainer; nothing is written.</exception>
    /// <exception cref="InvalidOperationException">The model has not been built, or two of its values have one name.</exception>
    /// <exception cref="NotSupportedException">An operation of the model has no form in ONNX.</exception>
    /// <exception cref="PlatformNotSupportedException">A backend cannot run here.</exception>
    /// <exception cref="IOException">The file cannot be written; an older one is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory cannot be written.</exception>
    public static OnnxExportReport ExportOnnx(
        this Model model, string path, OnnxExportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= OnnxExportOptions.Default;
        byte[] bytes = model.ToOnnx(options).ToBytes();
        CrossCheckReport report = Check(model, path, bytes, options);
        cancellationToken.ThrowIfCancellationRequested();
        AtomicFile.Write(path, stream => stream.Write(bytes));
        return new OnnxExportReport(path, bytes.Length, report);
    }

    private static CrossCheckReport Check(Model model, string path, byte[] bytes, OnnxExportOptions options)
    {
        IReadOnlyList<IInferenceBackend> backends = options.Backends ?? [new ManagedBackend()];
        var sessions = new List<IInferenceSession>();
        try
        {
            foreach (IInferenceBackend backend in backends)
            {
                sessions.Add(Load(backend, path, bytes, options));
            }

            CrossCheckReport report = CrossCheck.WithTrainer(model, sessions, options.CheckInputs ?? RandomSamples(model), options.Check);
            return report.Agrees ? report : throw Disagreement(path, report);
        }
        finally
        {
            sessions.ForEach(session => session.Dispose());
        }
    }

    private static IInferenceSession Load(IInferenceBackend backend, string path, byte[] bytes, OnnxExportOptions options)
    {
        try
        {
            return backend.Load(bytes, new InferenceOptions { Threads = options.Check.Threads });
        }
        catch (Exception exception) when (exception is OnnxModelException or UnsupportedOperatorException)
        {
            throw new ExportCheckException(
                $"Export '{path}': expected a model that backend {backend.Name} runs, got: {exception.Message} Nothing was written; leave that backend out or change the layer.", exception);
        }
    }

    private static ExportCheckException Disagreement(string path, CrossCheckReport report)
    {
        BackendDifference worst = report.Backends.Where(backend => !backend.Difference.Agrees).MaxBy(backend => backend.Difference.MaxAbsolute)!;
        return new ExportCheckException(
            FormattableString.Invariant(
                $"Export '{path}': expected backend {worst.Backend} within {report.Tolerance} of the trainer, got {worst.Difference.MaxAbsolute:G3} in output '{worst.WorstOutput}' at batch {worst.WorstBatchSize}; nothing was written. Run with TOOLKIT_KERNELS=scalar to see whether a kernel is wrong."),
            report);
    }

    private static Tensor<float>[] RandomSamples(Model model) => [.. model.InputShapes.Select((shape, input) =>
    {
        var samples = new Tensor<float>([DefaultCheckSamples, .. shape.Dimensions]);
        var random = new CounterRandom(DefaultCheckSeed, (ulong)input);
        foreach (ref float value in samples.Span)
        {
            value = random.NextSingle();
        }

        return samples;
    })];
}
