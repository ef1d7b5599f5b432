using System.Diagnostics;
using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Training;

/// <summary>
/// Gives a training program batch after batch. Where preparing one takes long and a processor has nothing else to do, the next is prepared
/// on a thread of its own while the program computes; otherwise by the threads that compute. Both give the same bits.
/// </summary>
internal sealed class BatchFeeder : IDisposable
{
    // A batch below this is prepared before a thread has woken: its time is not even taken.
    private const int MeasuredFromValues = 8192;

    // Preparation that takes less than this is not worth a thread that wakes for every batch.
    private const double WorthwhileMicroseconds = 25;

    // The first batches tell; the very first also compiles code.
    private const int MeasuredBatches = 4;

    private readonly BatchSource _source;
    private BatchPrefetcher? _prefetcher;
    private TimeSpan _shortest = TimeSpan.MaxValue;
    private int _measured;

    /// <summary>Makes the feeder of a call of Fit.</summary>
    /// <param name="source">The samples.</param>
    /// <param name="batchSize">Samples a batch.</param>
    /// <param name="workers">The threads that compute.</param>
    /// <param name="prefetches">Whether batches are prepared ahead; null to measure whether it pays.</param>
    public BatchFeeder(BatchSource source, int batchSize, WorkerPool workers, bool? prefetches)
    {
        _source = source;
        bool mayPay = Environment.ProcessorCount > workers.ThreadCount && (source.IsTransformed || (long)batchSize * source.ValuesPerSample >= MeasuredFromValues);
        _measured = prefetches is null && mayPay ? 0 : MeasuredBatches;
        _prefetcher = prefetches == true ? new BatchPrefetcher(source) : null;
    }

    /// <summary>Whether batches are prepared ahead.</summary>
    public bool Prefetches => _prefetcher is not null;

    /// <summary>Draws the order and the transformations of an epoch.</summary>
    public void BeginEpoch(int seed, int epoch)
    {
        _prefetcher?.Abandon();
        _source.BeginEpoch(seed, epoch);
    }

    /// <summary>Fills a program's inputs with samples <paramref name="start"/> to <c>start + rows</c> of the epoch's order.</summary>
    public void Fill(StepProgram program, int start, int rows)
    {
        if (_prefetcher is null)
        {
            if (_measured == MeasuredBatches)
            {
                _source.Fill(program, start, rows);
                return;
            }

            MeasureFill(program, start, rows);
        }
        else if (_prefetcher.Holds(program, start))
        {
            _prefetcher.Finish();
            program.ExchangeInputs();
        }
        else
        {
            _prefetcher.Abandon();
            _source.Fill(program, start, rows);
        }

        // A last batch of fewer samples has a program of its own.
        int next = start + rows;
        if (_prefetcher is not null && next + rows <= _source.Count)
        {
            _prefetcher.Begin(program, next, rows);
        }
    }

    /// <summary>Ends the thread, after the batch that it is preparing.</summary>
    public void Dispose() => _prefetcher?.Dispose();

    private void MeasureFill(StepProgram program, int start, int rows)
    {
        long begin = Stopwatch.GetTimestamp();
        _source.Fill(program, start, rows);
        TimeSpan taken = Stopwatch.GetElapsedTime(begin);
        _shortest = taken < _shortest ? taken : _shortest;
        if (++_measured == MeasuredBatches && _shortest.TotalMicroseconds >= WorthwhileMicroseconds)
        {
            _prefetcher = new BatchPrefetcher(_source);
        }
    }
}
