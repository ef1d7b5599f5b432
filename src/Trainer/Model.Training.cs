using Toolkit.Numerics;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Losses;
using Toolkit.Trainer.Metrics;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Training;

namespace Toolkit.Trainer;

/// <content>Compile, Fit and Evaluate.</content>
public partial class Model
{
    /// <summary>What <see cref="Compile(Optimizer, Loss, IReadOnlyList{Metric}, int?)"/> set.</summary>
    /// <exception cref="InvalidOperationException">The model has not been compiled.</exception>
    public Optimizer Optimizer => Compiled().Optimizer;

    /// <summary>What <see cref="Compile(Optimizer, Loss, IReadOnlyList{Metric}, int?)"/> set; of several outputs, the first's.</summary>
    /// <exception cref="InvalidOperationException">The model has not been compiled.</exception>
    public Loss Loss => Compiled().Heads[0].Loss;

    internal TrainingState? State { get; private set; }

    /// <summary>
    /// Says how to train. The first weights are drawn with the seed unless there are weights already, which stay. A model of several outputs
    /// has this loss and these metrics on each.
    /// </summary>
    /// <param name="optimizer">The optimizer, or its name in Keras.</param>
    /// <param name="loss">The loss, or its name in Keras.</param>
    /// <param name="metrics">What to report beside the loss: metrics, or their names in Keras.</param>
    /// <param name="seed">The seed of first weights, dropout and shuffling; unchanged (42 at first) by default.</param>
    public void Compile(Optimizer optimizer, Loss loss, IReadOnlyList<Metric>? metrics = null, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        int outputs = _graph?.Outputs.Count ?? 1;
        Compile(optimizer, [.. Enumerable.Repeat(loss, outputs)], null, [.. Enumerable.Repeat(metrics ?? [], outputs)], seed);
    }

    /// <summary>Says how to train a model of several outputs: the loss is the weighted sum of the outputs' losses.</summary>
    /// <param name="optimizer">The optimizer, or its name in Keras.</param>
    /// <param name="losses">The loss of each output, or its name in Keras.</param>
    /// <param name="lossWeights">How much the loss of each output counts; 1 by default.</param>
    /// <param name="metrics">What to report of each output; nothing by default.</param>
    /// <param name="seed">The seed of first weights, dropout and shuffling; unchanged (42 at first) by default.</param>
    /// <exception cref="ArgumentException">There are not as many losses, weights or lists of metrics as outputs.</exception>
    public void Compile(
        Optimizer optimizer, IReadOnlyList<Loss> losses, IReadOnlyList<double>? lossWeights = null, IReadOnlyList<IReadOnlyList<Metric>>? metrics = null, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(losses);
        int outputs = _graph?.Outputs.Count ?? 1;
        if (losses.Count != outputs || (lossWeights?.Count ?? outputs) != outputs || (metrics?.Count ?? outputs) != outputs)
        {
            throw new ArgumentException(
                $"Compile: model '{Name}' has {outputs} outputs; expected as many losses, loss weights and lists of metrics, got {losses.Count}, {lossWeights?.Count ?? outputs} and {metrics?.Count ?? outputs}.",
                nameof(losses));
        }

        Seed = seed ?? Seed;
        foreach (Layer layer in Layers)
        {
            layer.ModelSeed = Seed;
        }

        State = new TrainingState(optimizer, [.. losses.Select((loss, i) => new TrainingHead(loss, lossWeights?[i] ?? 1, metrics?[i] ?? []))]);
        Replan();
    }

    /// <summary>Trains on samples and targets, batch by batch.</summary>
    /// <param name="x">Samples, [n, …].</param>
    /// <param name="y">Targets, [n, …], or [n] for class indices and single outputs.</param>
    /// <param name="epochs">How often to go through the data.</param>
    /// <param name="batchSize">Samples a step; the last step of an epoch takes what is left.</param>
    /// <param name="validationSplit">The share of samples, from the end and before shuffling, that is not trained on but evaluated after each epoch.</param>
    /// <param name="validationData">Data to evaluate after each epoch; goes before <paramref name="validationSplit"/>.</param>
    /// <param name="shuffle">Whether each epoch takes the samples in a new random order.</param>
    /// <param name="callbacks">Code that runs at fixed moments, before the progress lines.</param>
    /// <param name="verbose">Progress lines on the console as in Keras: 0 none, 1 a bar, 2 a line an epoch.</param>
    /// <param name="cancellationToken">Ends training between two steps.</param>
    /// <returns>The figures of every epoch.</returns>
    /// <exception cref="ArgumentException">The data do not fit the model, or a number is out of its range; says expected and got.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the weights are those of the last whole step.</exception>
    /// <remarks>Class weights, sample weights, augmentation and several inputs or outputs: <see cref="Fit(TrainingData, FitOptions, CancellationToken)"/>.</remarks>
    public History Fit(
        Tensor<float> x,
        Tensor<float> y,
        int epochs = 1,
        int batchSize = 32,
        double validationSplit = 0,
        Dataset? validationData = null,
        bool shuffle = true,
        IReadOnlyList<Callback>? callbacks = null,
        int verbose = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        _ = Compiled();
        var options = new FitOptions
        {
            Epochs = epochs,
            BatchSize = batchSize,
            ValidationSplit = validationSplit,
            ValidationData = validationData is null ? null : (TrainingData)validationData,
            Shuffle = shuffle,
            Callbacks = callbacks ?? [],
            Verbose = verbose,
        };
        return Fit(new TrainingData(x, y), options, cancellationToken);
    }

    /// <summary>Trains on a data set; see <see cref="Fit(Tensor{float}, Tensor{float}, int, int, double, Dataset, bool, IReadOnlyList{Callback}, int, CancellationToken)"/>.</summary>
    /// <inheritdoc cref="Fit(Tensor{float}, Tensor{float}, int, int, double, Dataset, bool, IReadOnlyList{Callback}, int, CancellationToken)"/>
    public History Fit(
        Dataset data,
        int epochs = 1,
        int batchSize = 32,
        double validationSplit = 0,
        Dataset? validationData = null,
        bool shuffle = true,
        IReadOnlyList<Callback>? callbacks = null,
        int verbose = 1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Fit(data.X, data.Y, epochs, batchSize, validationSplit, validationData, shuffle, callbacks, verbose, cancellationToken);
    }

    /// <summary>Trains on the data of all inputs and outputs, batch by batch.</summary>
    /// <param name="data">Inputs, targets and sample weights.</param>
    /// <param name="options">How; null for Keras's defaults.</param>
    /// <param name="cancellationToken">Ends training between two steps.</param>
    /// <returns>The figures of every epoch.</returns>
    /// <exception cref="ArgumentException">The data do not fit the model, or a number is out of its range; says expected and got.</exception>
    /// <exception cref="TrainingDivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the weights are those of the last whole step.</exception>
    public History Fit(TrainingData data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        TrainingState state = Compiled();
        Prepare(data.Inputs);
        return new FitLoop(this, _programs, state, options ?? new FitOptions()).Run(data, cancellationToken);
    }

    /// <summary>The loss and the metrics over samples and targets, in inference mode.</summary>
    /// <param name="x">Samples, [n, …].</param>
    /// <param name="y">Targets, [n, …], or [n] for class indices and single outputs.</param>
    /// <param name="batchSize">Samples to compute at a time.</param>
    /// <exception cref="ArgumentException">The data do not fit the model; says expected and got.</exception>
    public EvaluationResult Evaluate(Tensor<float> x, Tensor<float> y, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        _ = Compiled();
        return Evaluate(new TrainingData(x, y), batchSize);
    }

    /// <summary>The loss and the metrics over a data set, in inference mode.</summary>
    /// <inheritdoc cref="Evaluate(Tensor{float}, Tensor{float}, int)"/>
    public EvaluationResult Evaluate(Dataset data, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Evaluate(data.X, data.Y, batchSize);
    }

    /// <summary>The loss and the metrics over the data of all inputs and outputs, in inference mode.</summary>
    /// <param name="data">Inputs, targets and sample weights.</param>
    /// <param name="batchSize">Samples to compute at a time.</param>
    /// <exception cref="ArgumentException">The data do not fit the model; says expected and got.</exception>
    public EvaluationResult Evaluate(TrainingData data, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        TrainingState state = Compiled();
        Prepare(data.Inputs);
        return new Evaluator(this, _programs, state).Run(data, batchSize);
    }

    /// <summary>Forgets recorded programs, after a change of what they compute.</summary>
    private void Replan() => _programs.Clear();

    private TrainingState Compiled() => State
        ?? throw new InvalidOperationException($"Model '{Name}' has not been compiled; call Compile with an optimizer and a loss first.");
}
