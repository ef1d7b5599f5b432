using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>Draws one synthetic digit: bends a skeleton, fits it into the image, and inks it.</summary>
/// <remarks>Only +, -, *, / and square root on binary32: see <see cref="SyntheticDigits"/>.</remarks>
internal static class DigitPainter
{
    private const int Size = SyntheticDigits.Size;
    private const int PiecesPerSpan = 6;
    private const int MaxSegments = DigitSkeletons.MaxPoints * PiecesPerSpan;

    // The field that bends a skeleton is given at the corners of a grid of 3x3 cells and is smooth between them.
    private const int FieldSide = 4;

    // Streams of images and of the order of digits must not meet.
    private const ulong OrderStream = 1UL << 63;

    /// <summary>The digit of an image: each ten images are the ten digits in a random order.</summary>
    public static int DigitOf(ulong seed, ulong index)
    {
        Span<byte> order = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        new CounterRandom(seed, OrderStream | (index / 10)).Shuffle(order);
        return order[(int)(index % 10)];
    }

    /// <summary>Draws an image of a digit.</summary>
    public static void Paint(ulong seed, ulong index, int digit, Span<byte> pixels)
    {
        var random = new CounterRandom(seed, index);
        ReadOnlySpan<Vector2[][]> ways = DigitSkeletons.WaysOf(digit);
        Span<Segment> segments = stackalloc Segment[MaxSegments];
        segments = segments[..Trace(ways[random.NextInt32(ways.Length)], random, segments)];
        Bend(segments, random);
        Slant(segments, random);
        Fit(segments, random);
        Ink(segments, random, pixels);
    }

    /// <summary>Follows the strokes, each point of the skeleton moved a little.</summary>
    private static int Trace(Vector2[][] strokes, CounterRandom random, Span<Segment> segments)
    {
        const float Jitter = 0.055f;
        Span<Vector2> points = stackalloc Vector2[DigitSkeletons.MaxPoints];
        int count = 0;
        foreach (Vector2[] stroke in strokes)
        {
            int last = stroke.Length - 1;
            for (int i = 0; i <= last; i++)
            {
                points[i] = i > 0 && stroke[i] == stroke[i - 1]
                    ? points[i - 1]
                    : stroke[i] + (Jitter * new Vector2(Bell(random), Bell(random)));
            }

            bool closed = stroke[0] == stroke[last];
            points[last] = closed ? points[0] : points[last];
            for (int i = 0; i < last; i++)
            {
                if (points[i] == points[i + 1])
                {
                    continue;
                }

                Vector2 before = i > 0 ? points[i - 1] : closed ? points[last - 1] : points[0];
                Vector2 after = i + 1 < last ? points[i + 2] : closed ? points[1] : points[last];
                Vector2 from = points[i];
                for (int piece = 1; piece <= PiecesPerSpan; piece++)
                {
                    Vector2 to = Spline(before, points[i], points[i + 1], after, piece / (float)PiecesPerSpan);
                    segments[count++] = new Segment(from, to, (i + ((piece - 0.5f) / PiecesPerSpan)) / last);
                    from = to;
                }
            }
        }

        return count;
    }

    /// <summary>The Catmull-Rom spline between <paramref name="b"/> and <paramref name="c"/>.</summary>
    private static Vector2 Spline(Vector2 a, Vector2 b, Vector2 c, Vector2 d, float t) =>
        0.5f * ((2 * b) + (t * ((c - a) + (t * (((2 * a) - (5 * b) + (4 * c) - d) + (t * ((3 * b) - a - (3 * c) + d)))))));

    /// <summary>Moves every point by a smooth random field.</summary>
    private static void Bend(Span<Segment> segments, CounterRandom random)
    {
        Span<Vector2> field = stackalloc Vector2[FieldSide * FieldSide];
        float strength = Between(random, 0.03f, 0.15f);
        foreach (ref Vector2 vector in field)
        {
            vector = strength * new Vector2(Bell(random), Bell(random));
        }

        foreach (ref Segment segment in segments)
        {
            segment = new Segment(segment.From + FieldAt(field, segment.From), segment.To + FieldAt(field, segment.To), segment.Progress);
        }
    }

    private static Vector2 FieldAt(ReadOnlySpan<Vector2> field, Vector2 point)
    {
        // The skeleton's box and a margin, 1.2 by 1.2 around (0.35, 0.5), are the field's nine cells.
        const float CellsPerUnit = (FieldSide - 1) / 1.2f;
        float x = Math.Clamp((point.X + 0.25f) * CellsPerUnit, 0, FieldSide - 1.001f);
        float y = Math.Clamp((point.Y + 0.1f) * CellsPerUnit, 0, FieldSide - 1.001f);
        int column = (int)x;
        int row = (int)y;
        float u = Smooth(x - column);
        float v = Smooth(y - row);
        ReadOnlySpan<Vector2> upper = field[((row * FieldSide) + column)..];
        ReadOnlySpan<Vector2> lower = upper[FieldSide..];
        Vector2 above = upper[0] + (u * (upper[1] - upper[0]));
        Vector2 below = lower[0] + (u * (lower[1] - lower[0]));
        return above + (v * (below - above));
    }

    /// <summary>Rotates, shears and stretches.</summary>
    private static void Slant(Span<Segment> segments, CounterRandom random)
    {
        // The tangent of half the angle makes sine and cosine rational; 0.15 is 17 degrees.
        float half = 0.2f * Bell(random);
        float cosine = (1 - (half * half)) / (1 + (half * half));
        float sine = 2 * half / (1 + (half * half));
        float shear = (0.65f * Bell(random)) - 0.1f;
        float width = Between(random, 0.7f, 1.3f);
        foreach (ref Segment segment in segments)
        {
            segment = new Segment(Map(segment.From), Map(segment.To), segment.Progress);
        }

        Vector2 Map(Vector2 point)
        {
            float x = (width * point.X) + (shear * (point.Y - 0.5f));
            return new Vector2((cosine * x) - (sine * point.Y), (sine * x) + (cosine * point.Y));
        }
    }

    /// <summary>Scales the longer side to about 20 pixels and centres the ink, not quite.</summary>
    private static void Fit(Span<Segment> segments, CounterRandom random)
    {
        Vector2 low = segments[0].From;
        Vector2 high = low;
        Vector2 moment = Vector2.Zero;
        float total = 0;
        foreach (Segment segment in segments)
        {
            low = Vector2.Min(low, Vector2.Min(segment.From, segment.To));
            high = Vector2.Max(high, Vector2.Max(segment.From, segment.To));
            Vector2 along = segment.To - segment.From;
            float length = MathF.Sqrt((along.X * along.X) + (along.Y * along.Y));
            moment += 0.5f * length * (segment.From + segment.To);
            total += length;
        }

        // Strokes are wider than their skeleton: 17 pixels of skeleton make 20 of ink.
        Vector2 size = high - low;
        float scale = Between(random, 13.5f, 18f) / MathF.Max(size.X, size.Y);
        Vector2 centre = moment / total;
        Vector2 target = new Vector2((Size - 1) / 2f) + (2f * new Vector2(Bell(random), Bell(random)));
        foreach (ref Segment segment in segments)
        {
            segment = new Segment(target + (scale * (segment.From - centre)), target + (scale * (segment.To - centre)), segment.Progress);
        }
    }

    /// <summary>Turns the distance to the strokes into ink, and adds noise.</summary>
    private static void Ink(ReadOnlySpan<Segment> segments, CounterRandom random, Span<byte> pixels)
    {
        float radius = Between(random, 0.7f, 1.7f);
        float pressure = 0.3f * Bell(random);
        float softness = Between(random, 0.9f, 1.8f);
        float ink = Between(random, 0.75f, 1f);
        float grain = Between(random, 0, 0.25f);
        float level = random.NextSingle();
        float paper = 0.15f * level * level;

        Span<float> distances = stackalloc float[Size * Size];
        distances.Fill(Size);
        foreach (Segment segment in segments)
        {
            Near(segment, radius * (1 + (pressure * ((2 * segment.Progress) - 1))), softness, distances);
        }

        for (int i = 0; i < distances.Length; i++)
        {
            float cover = Smooth(Math.Clamp(0.5f - (distances[i] / softness), 0, 1));
            float drawn = ink * cover * (1 - (grain * random.NextSingle()));
            float value = drawn + ((1 - drawn) * paper * random.NextSingle());
            pixels[i] = (byte)((255 * value) + 0.5f);
        }
    }

    /// <summary>Lowers the signed distance, negative inside the stroke, of the pixels that a segment can ink.</summary>
    private static void Near(Segment segment, float radius, float softness, Span<float> distances)
    {
        Vector2 reach = new(radius + softness);
        Vector2 low = Vector2.Clamp(Vector2.Min(segment.From, segment.To) - reach, Vector2.Zero, new Vector2(Size - 1));
        Vector2 high = Vector2.Clamp(Vector2.Max(segment.From, segment.To) + reach, Vector2.Zero, new Vector2(Size - 1));
        Vector2 along = segment.To - segment.From;
        float inverse = 1 / MathF.Max((along.X * along.X) + (along.Y * along.Y), 1e-12f);
        for (int y = (int)low.Y; y <= (int)high.Y; y++)
        {
            for (int x = (int)low.X; x <= (int)high.X; x++)
            {
                float toX = x - segment.From.X;
                float toY = y - segment.From.Y;
                float t = Math.Clamp(((toX * along.X) + (toY * along.Y)) * inverse, 0, 1);
                float offX = toX - (t * along.X);
                float offY = toY - (t * along.Y);
                ref float distance = ref distances[(y * Size) + x];
                distance = MathF.Min(distance, MathF.Sqrt((offX * offX) + (offY * offY)) - radius);
            }
        }
    }

    /// <summary>Hermite's step, 3t² - 2t³.</summary>
    private static float Smooth(float t) => t * t * (3 - (2 * t));

    private static float Between(CounterRandom random, float low, float high) => low + ((high - low) * random.NextSingle());

    /// <summary>Bell-shaped in (-1, 1): the mean of three uniform numbers, spread.</summary>
    private static float Bell(CounterRandom random) =>
        ((random.NextSingle() + random.NextSingle() + random.NextSingle()) * (2f / 3)) - 1;

    /// <summary>A straight piece of a stroke, and how far along its stroke it lies, from 0 to 1.</summary>
    private readonly record struct Segment(Vector2 From, Vector2 To, float Progress);
}
