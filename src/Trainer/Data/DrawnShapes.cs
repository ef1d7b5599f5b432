using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>
/// Shapes: 28x28 grey images of a circle, a square or a triangle, drawn with smooth edges at a random place, in a random size, rotation and stretch,
/// filled or outlined, bright on a dark ground with noise. It is a data set of its own and stands in for nothing.
/// </summary>
/// <remarks>
/// Image <c>i</c> depends on the seed and on <c>i</c> alone and is the same to the byte on every machine: all that it is computed from is addition,
/// multiplication, division and square root, which IEEE 754 rounds in one way only. Every three images that follow one another hold each shape once.
/// </remarks>
public static class DrawnShapes
{
    /// <summary>Height and width of an image in pixels.</summary>
    public const int Size = 28;

    // Test images are the same sequence from far beyond any training image.
    private const ulong TestStart = 1UL << 40;

    /// <summary>The data set's entry in the catalogue.</summary>
    public static DatasetEntry Entry { get; } = new GeneratedEntry
    {
        Name = "shapes",
        Description = "Shapes, 28x28 grey images of circles, squares and triangles drawn by a seeded generator.",
        WhereToGet = "embedded",
        IsEmbedded = true,
        TrainCount = 3000,
        TestCount = 600,
        Classes = ["circle", "square", "triangle"],
        Generate = seed => Load(seed),
    };

    /// <summary>Draws a training and a test part.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="train">Training images.</param>
    /// <param name="test">Test images.</param>
    /// <returns>Samples [n, 1, 28, 28] in [0, 1], class indices [n]: 0 circle, 1 square, 2 triangle.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static DatasetSplits Load(ulong seed = SyntheticDigits.DefaultSeed, int train = 3000, int test = 600)
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
    /// <param name="pixels">Receives 28 rows of 28 pixels, 0 black to 255 white.</param>
    /// <returns>The shape: 0 circle, 1 square, 2 triangle.</returns>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has not 784 elements.</exception>
    public static int Draw(ulong seed, ulong index, Span<byte> pixels)
    {
        if (pixels.Length != Size * Size)
        {
            throw new ArgumentException($"DrawnShapes: expected room for {Size * Size} pixels, got {pixels.Length}.", nameof(pixels));
        }

        Span<byte> order = [0, 1, 2];
        new CounterRandom(seed, (1UL << 63) | (index / 3)).Shuffle(order);
        int shape = order[(int)(index % 3)];
        Paint(new CounterRandom(seed, index), shape, pixels);
        return shape;
    }

    private static void Paint(CounterRandom random, int shape, Span<byte> pixels)
    {
        float radius = Between(random, 7, 11);

        // A triangle's corners reach furthest, to 1.1 radii.
        float room = (Size / 2f) - (1.1f * radius) - 1.5f;
        float centreX = ((Size - 1) / 2f) + Between(random, -room, room);
        float centreY = ((Size - 1) / 2f) + Between(random, -room, room);

        // The tangent of half the angle makes sine and cosine rational; from -90 to 90 degrees is every position of all three shapes.
        float half = Between(random, -1, 1);
        float cosine = (1 - (half * half)) / (1 + (half * half));
        float sine = 2 * half / (1 + (half * half));
        float stretch = Between(random, 0.9f, 1);
        bool outlined = random.NextSingle() < 0.5f;
        float pen = Between(random, 0.9f, 1.4f);
        float light = Between(random, 0.7f, 1);
        float ground = Between(random, 0, 0.2f);
        float noise = Between(random, 0.02f, 0.1f);
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                float toX = x - centreX;
                float toY = y - centreY;
                float along = (cosine * toX) + (sine * toY);
                float across = ((cosine * toY) - (sine * toX)) / stretch;
                float distance = Distance(shape, along, across, radius);
                distance = outlined ? MathF.Abs(distance + pen) - pen : distance;

                // A pixel is covered as far as the edge runs through it.
                float cover = Math.Clamp(0.5f - distance, 0, 1);
                float value = ground + ((light - ground) * cover) + (noise * ((2 * random.NextSingle()) - 1));
                pixels[(y * Size) + x] = (byte)((255 * Math.Clamp(value, 0, 1)) + 0.5f);
            }
        }
    }

    /// <summary>The signed distance to the shape's edge, negative inside: of a square and a triangle to the nearest of their sides' lines.</summary>
    private static float Distance(int shape, float x, float y, float radius)
    {
        const float SineOf60 = 0.8660254f;
        return shape switch
        {
            0 => MathF.Sqrt((x * x) + (y * y)) - (0.9f * radius),
            1 => MathF.Max(MathF.Abs(x), MathF.Abs(y)) - (0.75f * radius),
            _ => MathF.Max(y, MathF.Max((SineOf60 * x) - (0.5f * y), (-SineOf60 * x) - (0.5f * y))) - (0.55f * radius),
        };
    }

    private static float Between(CounterRandom random, float low, float high) => low + ((high - low) * random.NextSingle());

    private static Dataset DrawMany(ulong seed, ulong start, int count)
    {
        var pixels = new byte[count * Size * Size];
        var labels = new byte[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = (byte)Draw(seed, start + (ulong)i, pixels.AsSpan(i * Size * Size, Size * Size));
        }

        return new Dataset(IdxImages.Scale(pixels, [count, 1, Size, Size]), IdxImages.Indices(labels));
    }
}
