namespace Toolkit.Trainer.Training;

/// <summary>The numbers that Fit was called with, checked.</summary>
internal sealed record FitOptions
{
    public FitOptions(int epochs, int batchSize, double validationSplit, bool shuffle, int verbose)
    {
        Epochs = epochs >= 1 ? epochs : throw new ArgumentOutOfRangeException(nameof(epochs), $"Fit: expected 1 epoch or more, got {epochs}.");
        BatchSize = batchSize >= 1
            ? batchSize
            : throw new ArgumentOutOfRangeException(nameof(batchSize), $"Fit: expected a batch size of 1 or more, got {batchSize}.");
        ValidationSplit = validationSplit is >= 0 and < 1
            ? validationSplit
            : throw new ArgumentOutOfRangeException(nameof(validationSplit), $"Fit: expected a validation split in [0, 1), the share of samples; got {validationSplit}.");
        Shuffle = shuffle;
        Verbose = verbose;
    }

    public int Epochs { get; }

    public int BatchSize { get; }

    public double ValidationSplit { get; }

    public bool Shuffle { get; }

    public int Verbose { get; }
}
