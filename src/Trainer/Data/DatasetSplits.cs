namespace Toolkit.Trainer.Data;

/// <summary>A data set in its training and its test part, and what must be known about it.</summary>
public sealed class DatasetSplits
{
    private readonly Lazy<Dataset> _train;
    private readonly Lazy<Dataset> _test;

    /// <summary>Makes a data set whose parts are read when they are first asked for.</summary>
    /// <param name="train">Reads the training part.</param>
    /// <param name="test">Reads the test part.</param>
    public DatasetSplits(Func<Dataset> train, Func<Dataset> test)
    {
        _train = new Lazy<Dataset>(train);
        _test = new Lazy<Dataset>(test);
    }

    /// <summary>The name of the data set: <c>mnist</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the data is and where this copy came from, in a sentence for people.</summary>
    public required string Source { get; init; }

    /// <summary>The names of the classes by index; empty where the targets are values.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>How raw values become inputs: <c>uint8 / 255</c>.</summary>
    public required string InputNormalization { get; init; }

    /// <summary>
    /// The training part. Images are [n, 1, height, width] in [0, 1]; targets of a classification are class indices, [n].
    /// </summary>
    /// <exception cref="DatasetException">The first read found the data damaged.</exception>
    public Dataset Train => _train.Value;

    /// <summary>The test part, as <see cref="Train"/>.</summary>
    /// <exception cref="DatasetException">The first read found the data damaged.</exception>
    public Dataset Test => _test.Value;

    /// <summary>The part that training is watched on, between <see cref="Train"/> and <see cref="Test"/> in time; null where the data set sets none aside.</summary>
    public Dataset? Validation { get; init; }

    /// <summary>The raw rows that the parts were made of; null where the data set is no table.</summary>
    public CsvTable? Table { get; init; }

    /// <summary>How the rows of <see cref="Table"/> became <see cref="Dataset.X"/>; null where the data set is no table.</summary>
    public TableFeatures? Features { get; init; }

    /// <summary>The names of the inputs, in the order of their columns; empty where the data set is no table.</summary>
    public IReadOnlyList<string> FeatureNames => Features?.FeatureNames ?? [];

    /// <summary>The row of <see cref="Table"/> that each sample of <see cref="Train"/> was made of.</summary>
    public IReadOnlyList<int> TrainRows { get; init; } = [];

    /// <summary>The row of <see cref="Table"/> that each sample of <see cref="Validation"/> was made of.</summary>
    public IReadOnlyList<int> ValidationRows { get; init; } = [];

    /// <summary>The row of <see cref="Table"/> that each sample of <see cref="Test"/> was made of.</summary>
    public IReadOnlyList<int> TestRows { get; init; } = [];

    /// <summary>What was subtracted from the targets: a prediction is y · <see cref="TargetStd"/> + <see cref="TargetMean"/> in the table's own unit.</summary>
    public double TargetMean { get; init; }

    /// <summary>What the targets were divided by.</summary>
    public double TargetStd { get; init; } = 1;

    /// <summary>Begins to read the test part on another thread, for a caller who is about to ask for both parts.</summary>
    internal void ReadTestAhead() => _ = Task.Run(() =>
    {
        try
        {
            _ = _test.Value;
        }
        catch (DatasetException)
        {
            // Kept: whoever asks for the part gets it.
        }
    });

    /// <summary><c>var (train, test) = Mnist.Load("data");</c></summary>
    public void Deconstruct(out Dataset train, out Dataset test)
    {
        train = Train;
        test = Test;
    }
}
