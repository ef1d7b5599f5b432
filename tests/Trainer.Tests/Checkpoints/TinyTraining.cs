using Toolkit.Numerics;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Data;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests.Checkpoints;

/// <summary>
/// A training with everything that remembers something: dropout, shuffling, augmentation, a last batch that is smaller, validation, metrics of every
/// kind of state, callbacks. It can be made anew at any time, as a new process would.
/// </summary>
internal sealed class TinyTraining(string folder, string optimizer = "adam")
{
    private const int Samples = 26;
    private const int ValidationSamples = 10;
    private const int Features = 6;

    public int Epochs { get; init; } = 3;

    public int BatchSize { get; init; } = 8;

    public int StepsPerEpoch => (Samples + BatchSize - 1) / BatchSize;

    public int Patience { get; init; } = 2;

    public int Threads { get; init; } = 1;

    public bool? Prefetch { get; init; }

    public bool Resume { get; init; }

    public bool IsCheckpointed { get; init; } = true;

    public int? EverySteps { get; init; }

    public double Rate { get; init; } = 0.25;

    public int Seed { get; init; } = 5;

    public IReadOnlyList<Callback> More { get; init; } = [];

    public Func<Sequential>? Network { get; init; }

    public string Csv => Path.Combine(folder, "log.csv");

    public string Checkpoints => Path.Combine(folder, "checkpoints");

    public List<string> Notes { get; } = [];

    public Checkpoint? Checkpoint { get; private set; }

    public EarlyStopping Stopping => field ??= new("val_loss", patience: Patience, restoreBestWeights: true);

    /// <summary>Trains in a fresh model.</summary>
    public TinyResult Run(CancellationToken cancellation = default)
    {
        Sequential model = Network?.Invoke() ?? new Sequential(new Input(Features), new Dense(9, "relu"), new Dropout(Rate), new Dense(4, "softmax"));
        model.Compile(optimizer, "sparse_categorical_crossentropy", ["accuracy", "precision", "confusion_matrix"], seed: Seed);
        return Run(model, cancellation);
    }

    /// <summary>Trains a model that is compiled already.</summary>
    public TinyResult Run(Sequential model, CancellationToken cancellation = default)
    {
        model.Threads = Threads;
        List<Callback> callbacks = [.. More, new ReduceLearningRateOnPlateau("loss", factor: 0.5, patience: 1, minDelta: 1), Stopping, new CsvLog(Csv)];
        if (IsCheckpointed)
        {
            Checkpoint = new Checkpoint(Checkpoints, Resume, everySteps: EverySteps) { OnNote = Notes.Add };
            callbacks.Insert(0, Checkpoint);
        }

        var options = new FitOptions
        {
            Epochs = Epochs,
            BatchSize = BatchSize,
            ValidationData = Data(1, ValidationSamples, model.InputShape!.Value),
            Augmentation = new Jitter(),
            ClassWeights = new Dictionary<int, double> { [0] = 2 },
            Callbacks = callbacks,
            Verbose = 0,
            Prefetch = Prefetch,
        };
        History history = model.Fit(Data(0, Samples, model.InputShape!.Value), options, cancellation);
        return new TinyResult(model.CopyWeights(), history, File.ReadAllText(Csv), model.Optimizer.LearningRate, model);
    }

    private static TrainingData Data(ulong stream, int samples, Shape shape)
    {
        var random = new CounterRandom(11, stream);
        var x = new Tensor<float>([samples, .. shape.Dimensions]);
        random.FillNormal(x.Span);
        int width = shape.Length;
        return new TrainingData(x, Tensor.From([samples], [.. Enumerable.Range(0, samples).Select(i => (float)((x.Span[i * width] > 0 ? 2 : 0) + (x.Span[(i * width) + 1] > 0 ? 1 : 0)))]));
    }

    /// <summary>Adds a little noise to every sample.</summary>
    private sealed class Jitter : SampleTransform
    {
        public override void Apply(ReadOnlySpan<float> source, Span<float> destination, Shape sample, CounterRandom random)
        {
            for (int i = 0; i < source.Length; i++)
            {
                destination[i] = source[i] + (0.1f * random.NextSingle());
            }
        }
    }
}
