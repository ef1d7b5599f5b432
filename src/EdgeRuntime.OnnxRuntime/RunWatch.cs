using Microsoft.ML.OnnxRuntime;

namespace Toolkit.EdgeRuntime.OnnxRuntime;

/// <summary>The options of one run, which ask ONNX Runtime to stop at the deadline or when the caller cancels. It stops between operators.</summary>
internal sealed class RunWatch : IDisposable
{
    private readonly TimeSpan? _deadline;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenSource? _source;
    private readonly CancellationTokenRegistration _registration;

    /// <summary>Begins to watch.</summary>
    public RunWatch(TimeSpan? deadline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (_deadline, _cancellationToken) = (deadline, cancellationToken);
        if (deadline is { } time)
        {
            _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            _source.CancelAfter(time);
            cancellationToken = _source.Token;
        }

        _registration = cancellationToken.Register(static options => ((RunOptions)options!).Terminate = true, Options);
    }

    /// <summary>What the run gets.</summary>
    public RunOptions Options { get; } = new();

    /// <summary>Throws what says why, where the run was stopped by this.</summary>
    public void ThrowIfStopped()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (_source is { IsCancellationRequested: true })
        {
            throw new TimeoutException($"The run was stopped at its deadline of {_deadline!.Value.TotalMilliseconds:0} ms; give it more time, or less to do.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registration.Dispose();
        _source?.Dispose();
        Options.Dispose();
    }
}
