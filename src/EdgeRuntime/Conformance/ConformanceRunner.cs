using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Conformance;

/// <summary>Runs ONNX's backend tests on a backend and says of each whether its outputs are what ONNX says.</summary>
/// <param name="backend">The backend.</param>
/// <param name="options">How cases are run.</param>
public sealed class ConformanceRunner(IInferenceBackend backend, ConformanceOptions? options = null)
{
    private readonly ConformanceOptions _options = options ?? ConformanceOptions.Default;

    /// <summary>
    /// Runs cases in order. No case can end the process or hold it up: what a case throws is its result, and one that exceeds the
    /// deadline is left to itself on its own thread.
    /// </summary>
    /// <param name="cases">The cases.</param>
    /// <param name="finished">Is told each result as it comes, on the calling thread.</param>
    /// <param name="cancellation">Stops between cases, and in one.</param>
    /// <exception cref="PlatformNotSupportedException">The backend cannot run here.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ConformanceReport Run(IReadOnlyList<ConformanceCase> cases, Action<ConformanceResult>? finished = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cases);
        if (backend.UnavailableReason is { } reason)
        {
            throw new PlatformNotSupportedException(reason);
        }

        var results = new List<ConformanceResult>(cases.Count);
        foreach (ConformanceCase @case in cases)
        {
            cancellation.ThrowIfCancellationRequested();
            ConformanceResult result = Run(@case, cancellation);
            results.Add(result);
            finished?.Invoke(result);
        }

        return new ConformanceReport(backend.Name, results);
    }

    /// <summary>Runs one case.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ConformanceResult Run(ConformanceCase @case, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(@case);
        long start = Stopwatch.GetTimestamp();
        (ConformanceOutcome outcome, string? reason) = RunWithinDeadline(@case, cancellation);
        return new ConformanceResult(@case, outcome, reason, Stopwatch.GetElapsedTime(start));
    }

    private (ConformanceOutcome Outcome, string? Reason) RunWithinDeadline(ConformanceCase @case, CancellationToken cancellation)
    {
        Task<string?> run = Task.Factory.StartNew(() => FindDifference(@case), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            if (!run.Wait((int)_options.Deadline.TotalMilliseconds, cancellation))
            {
                return (ConformanceOutcome.Failed, string.Create(CultureInfo.InvariantCulture, $"did not end within {_options.Deadline.TotalSeconds:0.#} s"));
            }

            return run.Result is { } difference ? (ConformanceOutcome.Failed, difference) : (ConformanceOutcome.Passed, null);
        }
        catch (AggregateException aggregate)
        {
            Exception exception = aggregate.InnerException!;
            return exception switch
            {
                UnsupportedOperatorException => (ConformanceOutcome.Unsupported, exception.Message),
                PlatformNotSupportedException => throw Unchanged(exception),
                _ => (ConformanceOutcome.Failed, $"threw {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}"),
            };
        }
    }

    private static Exception Unchanged(Exception exception)
    {
        ExceptionDispatchInfo.Throw(exception);
        return exception;
    }

    private string? FindDifference(ConformanceCase @case)
    {
        using IInferenceSession session = backend.Load(File.ReadAllBytes(@case.ModelPath), _options.Inference);
        IReadOnlyList<string> folders = @case.DataFolders;
        foreach (string folder in folders)
        {
            if (FindDifference(session, folder) is { } difference)
            {
                return folders.Count == 1 ? difference : $"{Path.GetFileName(folder)}: {difference}";
            }
        }

        return null;
    }

    // Outputs that the model has and the case does not store are not compared, as ONNX's runner stores all of them.
    private string? FindDifference(IInferenceSession session, string folder)
    {
        var inputs = new Dictionary<string, OnnxValue>(StringComparer.Ordinal);
        for (int i = 0; i < session.Inputs.Count; i++)
        {
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"input_{i}.pb"));
            if (!File.Exists(path))
            {
                throw new OnnxModelException($"'{path}': expected a tensor for input '{session.Inputs[i].Name}', found no file.");
            }

            inputs.Add(session.Inputs[i].Name, StoredValue.Load(path, session.Inputs[i].Type, _options.Inference.Limits));
        }

        OrderedDictionary<string, OnnxValue> outputs = session.RunValues(inputs);
        int stored = Directory.GetFiles(folder, "output_*.pb").Length;
        if (stored != outputs.Count)
        {
            return $"expected {stored} outputs, got {outputs.Count}";
        }

        for (int i = 0; i < stored; i++)
        {
            OnnxValue expected = StoredValue.Load(
                Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"output_{i}.pb")), session.Outputs[i].Type, _options.Inference.Limits);
            (string name, OnnxValue actual) = outputs.GetAt(i);
            if (_options.Tolerance.Difference(expected, actual) is { } difference)
            {
                return $"output '{name}': {difference}";
            }
        }

        return null;
    }
}
