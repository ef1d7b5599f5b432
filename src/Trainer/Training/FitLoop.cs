using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer.Training;

/// <summary>One call of Fit. A step allocates nothing once its batch size has been planned.</summary>
internal sealed class FitLoop(Model model, ProgramCache programs, TrainingState state, FitOptions options)
{
    private readonly HeadMetrics _metrics = new(model, state);
    private Callback[] _callbacks = [];

    public History Run(TrainingData data, CancellationToken cancellationToken)
    {
        options.Check();
        Evaluator.Check(model, state, data);
        data = options.ClassWeights is { } weights ? ClassWeights.Apply(data, weights) : data;
        (BatchSource training, BatchSource? validation) = Split(data);
        if (options.BatchSize > training.Count)
        {
            throw new ArgumentException(
                $"Fit: expected a batch size of at most {training.Count}, the number of training samples, got {options.BatchSize}; lower batchSize or give more data.");
        }

        var history = new History();
        Checkpoint? checkpoint = FindCheckpoint();

        // A checkpoint comes last: it saves what the others have made of a step or an epoch.
        _callbacks = [.. options.Callbacks.Where(callback => callback is not Checkpoint), .. options.Verbose == 0 ? (Callback[])[] : [new ConsoleProgress(options.Verbose)], history];
        var run = new TrainingRun
        {
            Model = model,
            Optimizer = state.Optimizer,
            Epochs = options.Epochs,
            StepsPerEpoch = (training.Count + options.BatchSize - 1) / options.BatchSize,
            Samples = training.Count,
            BatchSize = options.BatchSize,
            Metrics = _metrics.All,
        };

        model.Arena.EnsureSlots(state.Optimizer);
        if (checkpoint is not null)
        {
            var snapshot = new TrainingSnapshot(model, state, _metrics, run, _callbacks);
            checkpoint.Open(run, snapshot, Fingerprint.Of(model, state, options, data));
            _callbacks = [.. _callbacks, checkpoint];
        }

        using var feeder = new BatchFeeder(training, options.BatchSize, model.Workers, options.Prefetch);
        Array.ForEach(_callbacks, callback => callback.OnTrainBegin(run));
        try
        {
            int epoch = run.ResumedFrom?.Epoch ?? options.InitialEpoch;
            if (run.ResumedFrom is { IsInsideEpoch: true } position)
            {
                RunEpoch(run, epoch++, feeder, training, validation, checkpoint, cancellationToken, position.Step);
            }
            else
            {
                checkpoint?.Restore();
            }

            for (; epoch < options.Epochs && !run.StopRequested; epoch++)
            {
                RunEpoch(run, epoch, feeder, training, validation, checkpoint, cancellationToken);
            }

            checkpoint?.SaveAt(new CheckpointPosition(epoch, 0, IsInsideEpoch: false));
        }
        finally
        {
            Array.ForEach(_callbacks, callback => callback.OnTrainEnd(run));
        }

        return history;
    }

    private (BatchSource Training, BatchSource? Validation) Split(TrainingData data)
    {
        int count = data.Count;
        if (options.ValidationData is { } validation)
        {
            Evaluator.Check(model, state, validation, "validationData ");
            return (
                new BatchSource(data, 0, count, options.Shuffle, model.Workers, options.Augmentation),
                new BatchSource(validation, 0, validation.Count, shuffles: false, model.Workers));
        }

        // Keras: floor(n · (1 - split)) samples are trained on.
        int trained = (int)Math.Floor(count * (1.0 - options.ValidationSplit));
        if (options.ValidationSplit > 0 && (trained == 0 || trained == count))
        {
            throw new ArgumentException($"Fit: a validation split of {options.ValidationSplit} leaves {trained} of {count} samples for training; change it or give validationData.");
        }

        return (
            new BatchSource(data, 0, trained, options.Shuffle, model.Workers, options.Augmentation),
            trained == count ? null : new BatchSource(data, trained, count - trained, shuffles: false, model.Workers));
    }

    private Checkpoint? FindCheckpoint()
    {
        Checkpoint[] found = [.. options.Callbacks.OfType<Checkpoint>()];
        return found.Length <= 1
            ? found.FirstOrDefault()
            : throw new ArgumentException($"Fit: expected at most one {nameof(Checkpoint)} among the callbacks, got {found.Length}; one holds the whole training.");
    }

    /// <summary>Runs an epoch, or what is left of one that goes on from a checkpoint after <paramref name="done"/> steps.</summary>
    private void RunEpoch(
        TrainingRun run, int epoch, BatchFeeder feeder, BatchSource training, BatchSource? validation, Checkpoint? checkpoint, CancellationToken cancellationToken, int? done = null)
    {
        run.EpochSeconds = 0;
        run.Epoch = epoch;
        run.Loss = double.NaN;
        _metrics.Reset();
        Array.ForEach(_callbacks, callback => callback.OnEpochBegin(run, epoch));
        if (done is not null)
        {
            checkpoint!.Restore();
            state.Epoch--;
        }

        feeder.BeginEpoch(model.Seed, state.Epoch++);
        for (int step = done ?? 0; step < run.StepsPerEpoch && !run.StopRequested; step++)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                checkpoint?.SaveAt(new CheckpointPosition(epoch, step, IsInsideEpoch: true));
                cancellationToken.ThrowIfCancellationRequested();
            }

            RunStep(feeder, training, epoch, step);
            run.Loss = _metrics.Loss;
            foreach (Callback callback in _callbacks)
            {
                callback.OnBatchEnd(run, step);
            }
        }

        OrderedDictionary<string, double> values = _metrics.Figures();
        if (validation is not null)
        {
            EvaluationResult result = new Evaluator(model, programs, state).Run(validation, Math.Min(options.BatchSize, validation.Count));
            values["val_loss"] = result.Loss;
            foreach ((string name, double value) in result.Metrics)
            {
                values[$"val_{name}"] = value;
            }
        }

        var log = new EpochLog(epoch, run.EpochSeconds, values);
        Array.ForEach(_callbacks, callback => callback.OnEpochEnd(run, epoch, log));
    }

    private void RunStep(BatchFeeder feeder, BatchSource training, int epoch, int step)
    {
        int start = step * options.BatchSize;
        int rows = Math.Min(options.BatchSize, training.Count - start);
        StepProgram program = programs.Train(rows, state.Heads, training.IsWeighted);
        feeder.Fill(program, start, rows);
        program.Forward(model.Workers, state.Step);
        if (!float.IsFinite(program.Loss))
        {
            throw new TrainingDivergedException(
                $"Training diverged: the loss is {program.Loss} in epoch {epoch + 1}, step {step + 1}. " +
                "Lower the learning rate, scale the inputs to about [-1, 1], and look for NaN in x and y.",
                epoch,
                step,
                program.Loss);
        }

        _metrics.Update(program, training, rows);
        _metrics.AddLoss(program, rows);
        if (state.Optimizer.NeedsClosure)
        {
            StepWithClosure(program);
        }
        else
        {
            program.Backward(model.Workers, state.Step);
            state.Optimizer.Step(model.Arena, model.Workers);
        }

        state.Step++;
    }

    // Apart, so that the usual step makes no closure.
    private void StepWithClosure(StepProgram program)
    {
        bool isForwardDone = true;
        state.Optimizer.Step(
            model.Arena,
            () =>
            {
                if (!isForwardDone)
                {
                    program.Forward(model.Workers, state.Step);
                }

                isForwardDone = false;
                program.Backward(model.Workers, state.Step);
                return program.Loss;
            },
            model.Workers);
    }
}
