using System.Diagnostics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Training;

namespace Toolkit.Trainer.Profiling;

/// <summary>Measures how fast a compiled model trains, and each function of its step.</summary>
public static class StepProfiler
{
    private const int WarmUpRuns = 3;
    private const int MostRuns = 1000;

    /// <summary>Trains a model for a while and times its steps, then runs the step's functions one by one. The model's weights change.</summary>
    /// <param name="model">A compiled model; its <see cref="Model.Threads"/> compute.</param>
    /// <param name="data">What to train on.</param>
    /// <param name="options">How; epochs do not count.</param>
    /// <param name="time">How long to train, and then how long to profile.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <exception cref="ArgumentException">The data do not fit the model, or there are fewer samples than a batch has.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static StepProfile Run(Model model, TrainingData data, FitOptions options, TimeSpan time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        double limit = FloatingPointLimit.Measure(model.Workers);
        var timer = new StepTimer(options.BatchSize, time);
        model.Fit(data, options with { Epochs = int.MaxValue, Verbose = 0, Callbacks = [timer, .. options.Callbacks], ValidationData = null, ValidationSplit = 0 }, cancellationToken);
        (double[] functions, double optimizer, StepProgram program) = TimeFunctions(model, data, options.BatchSize, time, cancellationToken);
        return new StepProfile
        {
            BatchSize = options.BatchSize,
            Threads = model.Workers.ThreadCount,
            Steps = timer.Steps,
            StepMicroseconds = timer.MedianMicroseconds,
            Functions = Describe(program, functions),
            OptimizerMicroseconds = optimizer,

            // The greater of two, before and after: a limit that is measured too low flatters.
            FloatingPointLimit = Math.Max(limit, FloatingPointLimit.Measure(model.Workers)),
        };
    }

    private static (double[] Functions, double Optimizer, StepProgram Program) TimeFunctions(
        Model model, TrainingData data, int batchSize, TimeSpan time, CancellationToken cancellationToken)
    {
        TrainingState state = model.State!;
        var source = new BatchSource(data, 0, data.Count, shuffles: false, model.Workers);
        StepProgram program = new ProgramCache(model).Train(batchSize, state.Heads, source.IsWeighted);
        source.Fill(program, 0, batchSize);
        int count = program.ForwardSteps.Length + program.BackwardSteps.Length;
        List<long>[] ticks = [.. Enumerable.Range(0, count + 1).Select(_ => new List<long>(MostRuns))];
        long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        for (int run = 0; run < MostRuns + WarmUpRuns && (run <= WarmUpRuns || Stopwatch.GetTimestamp() < end); run++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (run < WarmUpRuns)
            {
                // Whole steps first: gradients that the functions find below are those of a real one.
                program.Forward(model.Workers, state.Step);
                program.Backward(model.Workers, state.Step);
            }
            else
            {
                Time(program, model.Workers, state.Step, ticks);
            }

            if (!state.Optimizer.NeedsClosure)
            {
                long start = Stopwatch.GetTimestamp();
                state.Optimizer.Step(model.Arena, model.Workers);
                if (run >= WarmUpRuns)
                {
                    ticks[count].Add(Stopwatch.GetTimestamp() - start);
                }
            }
        }

        double[] medians = [.. ticks.Select(list => Median(list) * 1e6 / Stopwatch.Frequency)];
        return (medians[..count], medians[count], program);
    }

    private static void Time(StepProgram program, WorkerPool workers, ulong step, List<long>[] ticks)
    {
        int position = 0;
        long start = Stopwatch.GetTimestamp();
        foreach (StepBuffers buffers in program.ForwardSteps)
        {
            buffers.Function.Forward(new FunctionContext<float>(buffers, workers, true, step));
            start = Add(ticks[position++], start);
        }

        program.BeginBackward();
        foreach (StepBuffers buffers in program.BackwardSteps)
        {
            buffers.Function.Backward(new FunctionContext<float>(buffers, workers, true, step));
            start = Add(ticks[position++], start);
        }
    }

    private static long Add(List<long> ticks, long start)
    {
        long now = Stopwatch.GetTimestamp();
        ticks.Add(now - start);
        return now;
    }

    private static List<FunctionProfile> Describe(StepProgram program, double[] microseconds)
    {
        var list = new List<FunctionProfile>();
        foreach (StepBuffers buffers in program.ForwardSteps)
        {
            list.Add(new FunctionProfile(
                buffers.Function.Name, false, buffers.InputShapes, buffers.OutputShape, microseconds[list.Count], buffers.Function.MultiplyAdds(buffers.InputShapes)));
        }

        foreach (StepBuffers buffers in program.BackwardSteps)
        {
            // Each gradient of a product's two factors costs as much as the product; a bias's costs no multiplication.
            int gradients = buffers.Visit!.Needs.Take(2).Count(needs => needs);
            list.Add(new FunctionProfile(
                buffers.Function.Name, true, buffers.InputShapes, buffers.OutputShape, microseconds[list.Count], gradients * buffers.Function.MultiplyAdds(buffers.InputShapes)));
        }

        return list;
    }

    private static double Median(List<long> values)
    {
        if (values.Count == 0)
        {
            return 0;
        }

        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2.0;
    }

    /// <summary>Times whole steps of Fit in blocks that are long enough for the clock, and ends the training when time is over.</summary>
    private sealed class StepTimer(int batchSize, TimeSpan time) : Callback
    {
        private static readonly long Block = Stopwatch.Frequency / 1000;

        private readonly List<long> _ticks = new(1 << 16);
        private long _end;
        private long _start;
        private int _inBlock;

        public int Steps { get; private set; }

        public double MedianMicroseconds => Median(_ticks) * 1e3 / Stopwatch.Frequency;

        public override void OnTrainBegin(TrainingRun run) => _end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);

        public override void OnBatchEnd(TrainingRun run, int batch)
        {
            // The first step plans; the last of an epoch may be of fewer samples. What an epoch's beginning costs counts.
            long now = Stopwatch.GetTimestamp();
            bool isWhole = ((long)batch + 1) * batchSize <= run.Samples;
            if (_start == 0 || !isWhole)
            {
                (_start, _inBlock) = (now, 0);
            }
            else if (++_inBlock > 0 && now - _start >= Block)
            {
                Steps += _inBlock;

                // In thousandths of a tick, so that short steps keep their digits.
                _ticks.Add((now - _start) * 1000 / _inBlock);
                (_start, _inBlock) = (now, 0);
            }

            run.StopRequested |= now >= _end && _ticks.Count > 0;
        }
    }
}
