namespace Toolkit.Trainer.Autograd;

/// <summary>Which stream of a seed each user of randomness draws from, so that none depends on how much another has drawn.</summary>
internal static class RandomStreams
{
    public static ulong Parameter(int index) => (1UL << 32) + (uint)index;

    public static ulong Dropout(int layer) => (2UL << 32) + (uint)layer;

    public static ulong Shuffle(int epoch) => (3UL << 32) + (uint)epoch;

    public static ulong Augmentation(int epoch) => (4UL << 32) + (uint)epoch;
}
