using System.Runtime.ExceptionServices;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Training;

/// <summary>A thread that prepares one batch at a time in the other inputs of a program (<see cref="StepProgram.ExchangeInputs"/>). Allocates nothing a batch.</summary>
internal sealed class BatchPrefetcher : IDisposable
{
    private readonly BatchSource _source;
    private readonly object _monitor = new();
    private readonly Thread _thread;
    private StepProgram? _program;
    private int _start;
    private int _rows;
    private bool _isRunning;
    private bool _ends;
    private ExceptionDispatchInfo? _failure;

    public BatchPrefetcher(BatchSource source)
    {
        _source = source;
        _thread = new Thread(Run) { IsBackground = true, Name = "Toolkit input" };
        _thread.Start();
    }

    /// <summary>Whether the batch that was begun last is this one, and has not been taken.</summary>
    public bool Holds(StepProgram program, int start) => ReferenceEquals(_program, program) && _start == start;

    /// <summary>Begins to prepare a batch; the one before has been taken or abandoned.</summary>
    public void Begin(StepProgram program, int start, int rows)
    {
        program.EnsureNextInputs();
        lock (_monitor)
        {
            (_program, _start, _rows, _isRunning) = (program, start, rows, true);
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>Waits for the batch and takes it. What a transform threw comes out here.</summary>
    public void Finish() => Take()?.Throw();

    /// <summary>Waits for a batch that nobody needs any more.</summary>
    public void Abandon() => Take();

    /// <summary>Ends the thread, after the batch that it is preparing.</summary>
    public void Dispose()
    {
        lock (_monitor)
        {
            _ends = true;
            Monitor.PulseAll(_monitor);
        }

        _thread.Join();
    }

    private ExceptionDispatchInfo? Take()
    {
        lock (_monitor)
        {
            while (_isRunning)
            {
                Monitor.Wait(_monitor);
            }

            ExceptionDispatchInfo? failure = _failure;
            (_program, _failure) = (null, null);
            return failure;
        }
    }

    private void Run()
    {
        while (AwaitBatch())
        {
            ExceptionDispatchInfo? failure = null;
            try
            {
                _source.FillNext(_program!, _start, _rows);
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            lock (_monitor)
            {
                (_isRunning, _failure) = (false, failure);
                Monitor.PulseAll(_monitor);
            }
        }
    }

    private bool AwaitBatch()
    {
        lock (_monitor)
        {
            while (!_isRunning && !_ends)
            {
                Monitor.Wait(_monitor);
            }

            return _isRunning;
        }
    }
}
