using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer;

/// <summary>How <c>Fit</c> trains; the defaults are Keras's.</summary>
public sealed record FitOptions
{
    /// <summary>Trains up to this number of epochs.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>The number of the first epoch, as logs and callbacks see it: 0, or where an earlier training ended.</summary>
    public int InitialEpoch { get; init; }

    /// <summary>Samples a step; the last step of an epoch takes what is left.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The share of samples, from the end and before shuffling, that is not trained on but evaluated after each epoch.</summary>
    public double ValidationSplit { get; init; }

    /// <summary>Data to evaluate after each epoch; goes before <see cref="ValidationSplit"/>.</summary>
    public TrainingData? ValidationData { get; init; }

    /// <summary>Whether each epoch takes the samples in a new random order.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// How much the samples of a class count in the loss, by class index; a class that is not named counts 1. For models of one output, whose
    /// targets are class indices, one-hot rows, or 0 and 1.
    /// </summary>
    public IReadOnlyDictionary<int, double>? ClassWeights { get; init; }

    /// <summary>
    /// Changes every training sample of the first input on its way into a batch, differently in each epoch: shifts, rotations, flips. The seed,
    /// the epoch and the sample alone say how.
    /// </summary>
    public SampleTransform? Augmentation { get; init; }

    /// <summary>Code that runs at fixed moments, before the progress lines.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>Progress lines on the console as in Keras: 0 none, 1 a bar, 2 a line an epoch.</summary>
    public int Verbose { get; init; } = 1;

    /// <summary>
    /// Whether batches are prepared ahead on a thread of their own, beside <see cref="Model.Threads"/>; null, the default, to measure whether that pays
    /// where a processor is idle. No bit of the result depends on it.
    /// </summary>
    public bool? Prefetch { get; init; }

    internal void Check()
    {
        Require(InitialEpoch >= 0, nameof(InitialEpoch), $"an initial epoch of 0 or more, got {InitialEpoch}");
        Require(Epochs >= InitialEpoch + 1, nameof(Epochs), InitialEpoch == 0 ? $"1 epoch or more, got {Epochs}" : $"more epochs than the initial one, {InitialEpoch}, got {Epochs}");
        Require(BatchSize >= 1, nameof(BatchSize), $"a batch size of 1 or more, got {BatchSize}");
        Require(ValidationSplit is >= 0 and < 1, nameof(ValidationSplit), $"a validation split in [0, 1), the share of samples; got {ValidationSplit}");

        static void Require(bool holds, string name, string expected)
        {
            if (!holds)
            {
                throw new ArgumentOutOfRangeException(char.ToLowerInvariant(name[0]) + name[1..], FormattableString.Invariant($"Fit: expected {expected}."));
            }
        }
    }
}
