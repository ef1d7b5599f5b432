using System.Diagnostics;
using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Metrics;

namespace Toolkit.Trainer.Training;

/// <summary>One call of Fit. A step allocates nothing once its batch size has been planned.</summary>
internal sealed class FitLoop(LayeredModel model, ProgramCache programs, TrainingState state, FitOptions options)
{
    private readonly Metric[] _metrics = [.. state.Metrics.Select(metric => metric.Fresh())];
    private Callback[] _callbacks = [];

    public History Run(Tensor<float> x, Tensor<float> y, Dataset? validationData, IReadOnlyList<Callback> callbacks, CancellationToken cancellationToken)
    {
        Evaluator.Check(model, state, x, y);
        (BatchSource training, BatchSource? validation) = Split(x, y, validationData);
        if (options.BatchSize > training.Count)
        {
            throw new ArgumentException(
                $"Fit: expected a batch size of at most {training.Count}, the number of training samples, got {options.BatchSize}; lower batchSize or give more data.");
        }

        var history = new History();
        _callbacks = [.. callbacks, .. options.Verbose == 0 ? (Callback[])[] : [new ConsoleProgress(options.Verbose)], history];
        var run = new TrainingRun
        {
            Model = model,
            Optimizer = state.Optimizer,
            Epochs = options.Epochs,
            StepsPerEpoch = (training.Count + options.BatchSize - 1) / options.BatchSize,
            Samples = training.Count,
            BatchSize = options.BatchSize,
            Metrics = _metrics,
        };

        state.EnsureSlots(model.Arena);
        Array.ForEach(_callbacks, callback => callback.OnTrainBegin(run));
        try
        {
            for (int epoch = 0; epoch < options.Epochs && !run.StopRequested; epoch++)
            {
                RunEpoch(run, epoch, training, validation, cancellationToken);
            }
        }
        finally
        {
            Array.ForEach(_callbacks, callback => callback.OnTrainEnd(run));
        }

        return history;
    }

    private (BatchSource Training, BatchSource? Validation) Split(Tensor<float> x, Tensor<float> y, Dataset? validationData)
    {
        int count = x.Shape[0];
        if (validationData is not null)
        {
            Shape expected = [validationData.Count, .. model.InputShape!.Value.Dimensions];
            if (validationData.X.Shape != expected)
            {
                throw new ArgumentException($"validationData x: layer '{model.Layers[0].Name}' expected {expected}, got {validationData.X.Shape}.", nameof(validationData));
            }

            Evaluator.Check(model, state, validationData.X, validationData.Y, "validationData ");
            return (new BatchSource(x, y, 0, count, options.Shuffle), new BatchSource(validationData.X, validationData.Y, 0, validationData.Count, shuffles: false));
        }

        // Keras: floor(n · (1 - split)) samples are trained on.
        int trained = (int)Math.Floor(count * (1.0 - options.ValidationSplit));
        if (options.ValidationSplit > 0 && (trained == 0 || trained == count))
        {
            throw new ArgumentException($"Fit: a validation split of {options.ValidationSplit} leaves {trained} of {count} samples for training; change it or give validationData.");
        }

        return (
            new BatchSource(x, y, 0, trained, options.Shuffle),
            trained == count ? null : new BatchSource(x, y, trained, count - trained, shuffles: false));
    }

    private void RunEpoch(TrainingRun run, int epoch, BatchSource training, BatchSource? validation, CancellationToken cancellationToken)
    {
        long begin = Stopwatch.GetTimestamp();
        run.Epoch = epoch;
        run.Loss = double.NaN;
        Array.ForEach(_metrics, metric => metric.Reset());
        Array.ForEach(_callbacks, callback => callback.OnEpochBegin(run, epoch));
        training.Shuffle(model.Seed, state.Epoch++);
        RunSteps(run, epoch, training, cancellationToken);

        var values = new OrderedDictionary<string, double> { ["loss"] = run.Loss };
        foreach (Metric metric in _metrics)
        {
            values[metric.Name] = metric.Result;
        }

        if (validation is not null)
        {
            EvaluationResult result = new Evaluator(model, programs, state).Run(validation, Math.Min(options.BatchSize, validation.Count));
            values["val_loss"] = result.Loss;
            foreach ((string name, double value) in result.Metrics)
            {
                values[$"val_{name}"] = value;
            }
        }

        var log = new EpochLog(epoch, Stopwatch.GetElapsedTime(begin).TotalSeconds, values);
        Array.ForEach(_callbacks, callback => callback.OnEpochEnd(run, epoch, log));
    }

    private void RunSteps(TrainingRun run, int epoch, BatchSource training, CancellationToken cancellationToken)
    {
        double lossSum = 0;
        for (int step = 0; step < run.StepsPerEpoch && !run.StopRequested; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int start = step * options.BatchSize;
            int rows = Math.Min(options.BatchSize, training.Count - start);
            StepProgram program = programs.Train(rows, state.Loss);
            training.Fill(program, start, rows);
            RunStep(program, rows, training.TargetWidth, epoch, step);
            lossSum += program.Loss * (double)rows;
            run.Loss = lossSum / (start + rows);
            foreach (Callback callback in _callbacks)
            {
                callback.OnBatchEnd(run, step);
            }
        }
    }

    private void RunStep(StepProgram program, int rows, int targetWidth, int epoch, int step)
    {
        WorkerPool workers = model.Workers;
        program.Forward(workers, state.Step);
        if (!float.IsFinite(program.Loss))
        {
            throw new TrainingDivergedException(
                $"Training diverged: the loss is {program.Loss} in epoch {epoch + 1}, step {step + 1}. " +
                "Lower the learning rate, scale the inputs to about [-1, 1], and look for NaN in x and y.",
                epoch,
                step,
                program.Loss);
        }

        foreach (Metric metric in _metrics)
        {
            metric.Update(program.Predictions, program.Input(1), rows, program.Predictions.Length / rows, targetWidth);
        }

        program.Backward(workers, state.Step);
        state.Optimizer.Step(model.Arena, workers);
        state.Step++;
    }
}
