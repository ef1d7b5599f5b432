using System.Collections.Concurrent;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Synthetic digits: 28x28 grey images of the digits, drawn, not collected. A pen follows a stroke skeleton (two or
/// more ways of writing each digit) that is jittered, bent by a smooth random field, sheared, rotated and scaled, then
/// fitted into 20x20 pixels and centred by its ink, as MNIST's digits are; pen width, pressure, softness, ink and
/// background noise vary.
/// </summary>
/// <remarks>
/// Image <c>i</c> depends on the seed and on <c>i</c> alone, and is the same to the byte on every machine: all that it is
/// computed from is addition, multiplication, division and square root, which IEEE 754 rounds in one way only.
/// Every ten images that follow one another hold each digit once.
/// </remarks>
public static class SyntheticDigits
{
    /// <summary>The seed of the data set that the recipes use.</summary>
    public const ulong DefaultSeed = 20;

    /// <summary>Height and width of an image in pixels.</summary>
    public const int Size = 28;

    // Test images are the same sequence from far beyond any training image.
    private const ulong TestStart = 1UL << 40;

    /// <summary>The data set's entry in the catalogue.</summary>
    public static DatasetEntry Entry { get; } = new SyntheticDigitsEntry
    {
        Name = "synthetic-digits",
        Description = "Synthetic digits, 28x28 grey images drawn by a seeded generator; no real handwriting.",
        WhereToGet = "embedded",
        IsEmbedded = true,
        TrainCount = 20000,
        TestCount = 4000,
        Classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    };

    /// <summary>Draws a training and a test part.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="train">Training images.</param>
    /// <param name="test">Test images.</param>
    /// <returns>Samples [n, 1, 28, 28] in [0, 1], class indices [n].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static DatasetSplits Load(ulong seed = DefaultSeed, int train = 20000, int test = 4000)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(train);
        ArgumentOutOfRangeException.ThrowIfNegative(test);
        return new DatasetSplits(() => DrawMany(seed, 0, train), () => DrawMany(seed, TestStart, test))
        {
            Name = Entry.Name,
            Source = $"{Entry.Description} Seed {seed}, {train} for training, {test} for testing.",
            Classes = Entry.Classes,
            InputNormalization = "uint8 / 255",
        };
    }

    /// <summary>Draws one image.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="index">Which image of the seed's sequence.</param>
    /// <param name="pixels">Receives 28 rows of 28 pixels, 0 for paper and 255 for full ink.</param>
    /// <returns>The digit.</returns>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has not 784 elements.</exception>
    public static int Draw(ulong seed, ulong index, Span<byte> pixels)
    {
        if (pixels.Length != Size * Size)
        {
            throw new ArgumentException($"SyntheticDigits: expected room for {Size * Size} pixels, got {pixels.Length}.", nameof(pixels));
        }

        int digit = DigitPainter.DigitOf(seed, index);
        DigitPainter.Paint(seed, index, digit, pixels);
        return digit;
    }

    private static Dataset DrawMany(ulong seed, ulong start, int count)
    {
        var pixels = new byte[count * Size * Size];
        var labels = new byte[count];
        if (count > 0)
        {
            Parallel.ForEach(Partitioner.Create(0, count), range =>
            {
                for (int i = range.Item1; i < range.Item2; i++)
                {
                    labels[i] = (byte)Draw(seed, start + (ulong)i, pixels.AsSpan(i * Size * Size, Size * Size));
                }
            });
        }

        return new Dataset(IdxImages.Scale(pixels, [count, 1, Size, Size]), IdxImages.Indices(labels));
    }
}
