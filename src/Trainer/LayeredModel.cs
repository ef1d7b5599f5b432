using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Losses;
using Toolkit.Trainer.Metrics;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Training;

namespace Toolkit.Trainer;

/// <summary>
/// A model made of layers, with Keras's <c>Compile</c>, <c>Fit</c>, <c>Evaluate</c>, <c>Predict</c> and <c>Summary</c>. The same seed, data and calls
/// give the same weights to the bit, whatever the number of threads.
/// </summary>
/// <remarks>Not thread-safe; one thread uses a model at a time.</remarks>
public abstract class LayeredModel : Model
{
    private readonly ProgramCache _programs;
    private ParameterArena? _arena;
    private bool _isInitialized;

    private protected LayeredModel() => _programs = new ProgramCache(this);

    /// <summary>The layers in the order in which they run, without <see cref="Layers.Input"/>.</summary>
    public abstract IReadOnlyList<Layer> Layers { get; }

    /// <summary>The shape of one input sample, without the batch; null until it is known.</summary>
    public abstract Shape? InputShape { get; }

    /// <summary>The shape of one output sample, without the batch.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public abstract Shape OutputShape { get; }

    /// <summary>Whether shapes are known and parameters exist.</summary>
    public bool IsBuilt => _arena is not null;

    /// <summary>The seed of first weights, dropout and shuffling.</summary>
    public int Seed { get; private set; } = 42;

    /// <summary>The threads to compute with; as many as <see cref="WorkerPool.Shared"/> has by default. Results do not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Threads
    {
        get => Workers.ThreadCount;
        set => Workers = WorkerPools.Of(value);
    }

    /// <summary>What <see cref="Compile"/> set.</summary>
    /// <exception cref="InvalidOperationException">The model has not been compiled.</exception>
    public Optimizer Optimizer => Compiled().Optimizer;

    /// <summary>What <see cref="Compile"/> set.</summary>
    /// <exception cref="InvalidOperationException">The model has not been compiled.</exception>
    public Loss Loss => Compiled().Loss;

    /// <summary>The parameters in the order of the layers.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public IReadOnlyList<Parameter> Parameters => Arena.Parameters;

    /// <inheritdoc/>
    public override int ParameterCount => Arena.Count;

    /// <summary>The memory of all parameters, their first values drawn.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public ParameterArena Arena
    {
        get
        {
            if (_arena is null && InputShape is { } shape)
            {
                Build(shape);
            }

            ParameterArena arena = _arena ?? throw new InvalidOperationException(
                $"Model '{Name}' has not been built: the shape of its input is not known. Start it with new Input(…), give the first layer an inputShape, or call Build or Fit.");
            if (!_isInitialized)
            {
                _isInitialized = true;
                arena.Initialize(Seed);
            }

            return arena;
        }
    }

    internal WorkerPool Workers { get => field ?? WorkerPool.Shared; private set; }

    internal TrainingState? State { get; private set; }

    /// <summary>Computes the output by applying the layers on a tape.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="x">The input, [N, …].</param>
    public abstract Variable Call(Tape tape, Variable x);

    /// <summary>Builds the layers for an input shape, which makes their parameters; Fit and Predict do it from their data.</summary>
    /// <param name="inputShape">The shape of one sample, without the batch.</param>
    /// <exception cref="ArgumentException">A layer cannot take its input; says which, expected and got.</exception>
    public void Build(Shape inputShape)
    {
        if (Layers.Count == 0)
        {
            throw new InvalidOperationException($"Model '{Name}' has no layers; add one.");
        }

        BuildLayers(inputShape);
        _arena ??= new ParameterArena([.. Layers.SelectMany(layer => layer.Parameters)]);
    }

    /// <summary>Says how to train. The first weights are drawn with the seed unless there are weights already, which stay.</summary>
    /// <param name="optimizer">The optimizer, or its name in Keras.</param>
    /// <param name="loss">The loss, or its name in Keras.</param>
    /// <param name="metrics">What to report beside the loss: metrics, or their names in Keras.</param>
    /// <param name="seed">The seed of first weights, dropout and shuffling; unchanged (42 at first) by default.</param>
    public void Compile(Optimizer optimizer, Loss loss, IReadOnlyList<Metric>? metrics = null, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        Seed = seed ?? Seed;
        foreach (Layer layer in Layers)
        {
            layer.ModelSeed = Seed;
        }

        State = new TrainingState(optimizer, loss, metrics ?? []);
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
        TrainingState state = Compiled();
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Prepare(x);
        var loop = new FitLoop(this, _programs, state, new FitOptions(epochs, batchSize, validationSplit, shuffle, verbose));
        return loop.Run(x, y, validationData, callbacks ?? [], cancellationToken);
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

    /// <summary>The loss and the metrics over samples and targets, in inference mode.</summary>
    /// <param name="x">Samples, [n, …].</param>
    /// <param name="y">Targets, [n, …], or [n] for class indices and single outputs.</param>
    /// <param name="batchSize">Samples to compute at a time.</param>
    /// <exception cref="ArgumentException">The data do not fit the model; says expected and got.</exception>
    public EvaluationResult Evaluate(Tensor<float> x, Tensor<float> y, int batchSize = 32)
    {
        TrainingState state = Compiled();
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Prepare(x);
        return new Evaluator(this, _programs, state).Run(x, y, batchSize);
    }

    /// <summary>The loss and the metrics over a data set, in inference mode.</summary>
    /// <inheritdoc cref="Evaluate(Tensor{float}, Tensor{float}, int)"/>
    public EvaluationResult Evaluate(Dataset data, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Evaluate(data.X, data.Y, batchSize);
    }

    /// <inheritdoc/>
    public override Tensor<float> Predict(Tensor<float> x, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Prepare(x);
        int count = x.Shape[0];
        var result = new Tensor<float>([count, .. OutputShape.Dimensions]);
        int width = OutputShape.Length;
        int inputWidth = InputShape!.Value.Length;
        for (int start = 0; start < count; start += batchSize)
        {
            int rows = Math.Min(batchSize, count - start);
            StepProgram program = _programs.Predict(rows);
            x.Span.Slice(start * inputWidth, rows * inputWidth).CopyTo(program.Input(0));
            program.Forward(Workers);
            program.Predictions.CopyTo(result.Span[(start * width)..]);
        }

        return result;
    }

    /// <inheritdoc/>
    public override InferenceTrace Trace()
    {
        _ = Arena;
        Tape tape = Tape.ForRecording(isTraining: false);
        Variable x = tape.Input([1, .. InputShape!.Value.Dimensions], "input");
        Variable output = Call(tape, x);
        var values = tape.Variables.Select(v => new TraceValue(
            v.Name,
            v.Kind,
            v.Shape,
            v.Parameter is { } parameter ? Tensor.From(parameter.Shape, (ReadOnlySpan<float>)parameter.Value) : null));
        return new InferenceTrace([.. values], [.. tape.Steps], [x.Index], [("output", output.Index)]);
    }

    /// <summary>A copy of every parameter by its name, <c>dense.kernel</c>.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public OrderedDictionary<string, Tensor<float>> GetWeights()
    {
        var weights = new OrderedDictionary<string, Tensor<float>>();
        foreach (Parameter parameter in Arena.Parameters)
        {
            weights.Add(parameter.Name, Tensor.From(parameter.Shape, (ReadOnlySpan<float>)parameter.Value));
        }

        return weights;
    }

    /// <summary>Replaces parameters by name; those not named stay.</summary>
    /// <exception cref="ArgumentException">A name is not a parameter's, or a shape is not its; nothing has been replaced then.</exception>
    public void SetWeights(IEnumerable<KeyValuePair<string, Tensor<float>>> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        KeyValuePair<string, Tensor<float>>[] entries = [.. weights];
        var targets = Arena.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        foreach ((string name, Tensor<float> value) in entries)
        {
            if (!targets.TryGetValue(name, out Parameter? parameter))
            {
                throw new ArgumentException($"SetWeights: model '{Name}' has no parameter '{name}'; expected one of {string.Join(", ", targets.Keys)}.", nameof(weights));
            }

            if (value.Shape != parameter.Shape)
            {
                throw new ArgumentException($"SetWeights: parameter '{name}' expected shape {parameter.Shape}, got {value.Shape}.", nameof(weights));
            }
        }

        foreach ((string name, Tensor<float> value) in entries)
        {
            value.Span.CopyTo(targets[name].Value);
        }
    }

    /// <inheritdoc/>
    public override float[] CopyWeights() => Arena.Values.ToArray();

    /// <inheritdoc/>
    public override void RestoreWeights(ReadOnlySpan<float> weights)
    {
        Span<float> values = Arena.Values;
        if (weights.Length != values.Length)
        {
            throw new ArgumentException($"RestoreWeights: model '{Name}' expected {values.Length} values, got {weights.Length}; pass what CopyWeights of the same network gave.", nameof(weights));
        }

        weights.CopyTo(values);
    }

    /// <summary>Keras's table of layers, shapes and parameters; also written to <paramref name="output"/>, the console by default.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public string Summary(TextWriter? output = null)
    {
        string text = ModelSummary.Of(this, Arena);
        (output ?? Console.Out).WriteLine(text);
        return text;
    }

    /// <summary>Forgets recorded programs, after a change of what they compute.</summary>
    private protected void Replan() => _programs.Clear();

    /// <summary>Builds every layer for the shape that it gets.</summary>
    private protected abstract void BuildLayers(Shape inputShape);

    private TrainingState Compiled() => State
        ?? throw new InvalidOperationException($"Model '{Name}' has not been compiled; call Compile with an optimizer and a loss first.");

    private void Prepare(Tensor<float> x)
    {
        if (x.Shape.Rank == 0)
        {
            throw new ArgumentException("x: expected samples [n, …], got a scalar.", nameof(x));
        }

        Shape sample = new(x.Shape.Dimensions[1..]);
        if (InputShape is { } expected && expected != sample)
        {
            string advice = expected.Length == sample.Length ? $" Reshape x, or start the network with a Flatten or Reshape layer." : "";
            throw new ArgumentException($"x: layer '{Layers[0].Name}' expected input of shape {Layer.Batched(expected)}, got {x.Shape}.{advice}", nameof(x));
        }

        Build(sample);
        _ = Arena;
    }
}
