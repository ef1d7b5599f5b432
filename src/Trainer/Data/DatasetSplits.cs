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

    /// <summary><c>var (train, test) = Mnist.Load("data");</c></summary>
    public void Deconstruct(out Dataset train, out Dataset test)
    {
        train = Train;
        test = Test;
    }
}
