using Toolkit.Numerics;
using Toolkit.Tests;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class SampleTransformTests
{
    private static readonly Shape Digit = [1, 28, 28];

    public static TheoryData<SampleTransform> All => new(
        new RandomAffine(shift: 0.1, rotation: 15, zoom: 0.1),
        new RandomFlip(horizontal: 0.5, vertical: 0.5),
        new ElasticDistortion(),
        new SampleTransformSequence(new RandomAffine(rotation: 10), new RandomFlip(), new ElasticDistortion(8, 2)));

    [Theory]
    [MemberData(nameof(All))]
    public void The_stream_alone_decides_what_becomes_of_a_sample(SampleTransform transform)
    {
        float[] digit = Picture();
        float[] first = Apply(transform, digit, Digit, new CounterRandom(1, 2));
        Assert.Equal(first, Apply(transform, digit, Digit, new CounterRandom(1, 2)));
        Assert.Contains(Enumerable.Range(3, 8), stream => !first.SequenceEqual(Apply(transform, digit, Digit, new CounterRandom(1, (ulong)stream))));
        Assert.All(first, value => Assert.InRange(value, 0, 1));
        Assert.InRange(first.Sum(), 0.5f * digit.Sum(), 1.5f * digit.Sum());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_is_allocated_for_a_sample(SampleTransform transform)
    {
        float[] digit = Picture();
        var changed = new float[digit.Length];
        var random = new CounterRandom(1, 2);
        TestAllocations.AssertNone(() => transform.Apply(digit, changed, Digit, random));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Channels_move_alike(SampleTransform transform)
    {
        float[] digit = Picture();
        float[] changed = Apply(transform, [.. digit, .. digit.Select(value => value / 2)], [2, 28, 28], new CounterRandom(1, 2));
        Assert.Equal(Apply(transform, digit, Digit, new CounterRandom(1, 2)), changed[..784]);
        Assert.Equal(changed[..784].Select(value => value / 2), changed[784..]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_sample_without_planes_or_of_another_length_is_refused(SampleTransform transform)
    {
        var random = new CounterRandom(1, 2);
        var values = new float[784];
        Assert.Contains("[C,H,W] or [H,W], got [784]", Assert.Throws<ArgumentException>(() => transform.Apply(values, new float[784], [784], random)).Message, StringComparison.Ordinal);
        Assert.Contains("expected 784 values", Assert.Throws<ArgumentException>(() => transform.Apply(values, new float[783], Digit, random)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranges_of_zero_change_nothing()
    {
        float[] digit = Picture();
        Assert.Equal(digit, Apply(new RandomAffine(), digit, Digit, new CounterRandom(1, 2)));
        Assert.Equal(digit, Apply(new RandomFlip(0, 0), digit, Digit, new CounterRandom(1, 2)));
        Assert.Equal(digit, Apply(new ElasticDistortion(alpha: 0), digit, Digit, new CounterRandom(1, 2)));
        Assert.Equal(digit, Apply(new SampleTransformSequence(), digit, Digit, new CounterRandom(1, 2)));
    }

    [Theory]
    [InlineData(1, 0, new float[] { 3, 2, 1, 6, 5, 4 })]
    [InlineData(0, 1, new float[] { 4, 5, 6, 1, 2, 3 })]
    [InlineData(1, 1, new float[] { 6, 5, 4, 3, 2, 1 })]
    public void Flips_swap_columns_and_rows(double horizontal, double vertical, float[] expected) =>
        Assert.Equal(expected, Apply(new RandomFlip(horizontal, vertical), [1, 2, 3, 4, 5, 6], [2, 3], new CounterRandom(1, 2)));

    [Fact]
    public void A_flip_happens_as_often_as_its_probability_says()
    {
        var random = new CounterRandom(1, 2);
        int flipped = Enumerable.Range(0, 2000).Count(_ => Apply(new RandomFlip(0.25), [1, 2], [1, 2], random)[0] == 2);
        Assert.InRange(flipped, 430, 570);
    }

    [Fact]
    public void A_shift_moves_the_centre_of_mass_by_what_was_drawn()
    {
        for (ulong stream = 0; stream < 20; stream++)
        {
            // A spot far from the edge, so that nothing is lost.
            var spot = new float[21 * 21];
            spot[(10 * 21) + 10] = 1;
            float[] moved = Apply(new RandomAffine(shift: 0.2), spot, [1, 21, 21], new CounterRandom(5, stream));
            var random = new CounterRandom(5, stream) { Position = 2 };
            Assert.Equal(10 + (0.2 * 21 * ((2 * random.NextSingle()) - 1)), Centre(moved, 21).Y, 4);
            Assert.Equal(10 + (0.2 * 21 * ((2 * random.NextSingle()) - 1)), Centre(moved, 21).X, 4);
            Assert.Equal(1, moved.Sum(), 5);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 17)]
    [InlineData(28, 28)]
    public void Every_pixel_has_the_bits_of_the_formula_for_its_point(int height, int width)
    {
        float[] picture = [.. Enumerable.Range(0, height * width).Select(i => (i * 37 % 101) / 100f)];
        for (ulong stream = 0; stream < 10; stream++)
        {
            float[] actual = Apply(new RandomAffine(shift: 0.3), picture, [height, width], new CounterRandom(5, stream));
            var random = new CounterRandom(5, stream) { Position = 2 };
            float down = (float)(((2.0 * random.NextSingle()) - 1) * 0.3 * height);
            float right = (float)(((2.0 * random.NextSingle()) - 1) * 0.3 * width);
            float middleY = (height - 1) / 2f;
            float middleX = (width - 1) / 2f;
            for (int i = 0; i < actual.Length; i++)
            {
                float y = middleY + ((i / width) - middleY - down);
                float x = middleX + ((i % width) - middleX - right);
                (int top, int left) = ((int)MathF.Floor(y), (int)MathF.Floor(x));
                float above = At(top, left) + ((x - left) * (At(top, left + 1) - At(top, left)));
                float below = At(top + 1, left) + ((x - left) * (At(top + 1, left + 1) - At(top + 1, left)));
                Assert.Equal(above + ((y - top) * (below - above)), actual[i]);
            }
        }

        float At(int y, int x) => (uint)y < (uint)height && (uint)x < (uint)width ? picture[(y * width) + x] : 0;
    }

    [Fact]
    public void A_rotation_keeps_the_distance_to_the_centre_and_turns_left_by_what_was_drawn()
    {
        for (ulong stream = 0; stream < 20; stream++)
        {
            var spot = new float[41 * 41];
            spot[(20 * 41) + 32] = 1;
            (double x, double y) = Centre(Apply(new RandomAffine(rotation: 180), spot, [41, 41], new CounterRandom(5, stream)), 41);
            double angle = Math.PI * ((2 * new CounterRandom(5, stream).NextSingle()) - 1);

            // Sampling a single pixel at turned points is uneven by a part of a pixel.
            Assert.InRange(x, 20 + (12 * Math.Cos(angle)) - 0.35, 20 + (12 * Math.Cos(angle)) + 0.35);
            Assert.InRange(y, 20 - (12 * Math.Sin(angle)) - 0.35, 20 - (12 * Math.Sin(angle)) + 0.35);
        }
    }

    [Fact]
    public void A_zoom_scales_areas_by_the_square_of_what_was_drawn()
    {
        for (ulong stream = 0; stream < 20; stream++)
        {
            float[] square = [.. Enumerable.Range(0, 41 * 41).Select(i => Math.Abs((i / 41) - 20) <= 8 && Math.Abs((i % 41) - 20) <= 8 ? 1f : 0)];
            float[] zoomed = Apply(new RandomAffine(zoom: 0.5), square, [41, 41], new CounterRandom(5, stream));
            double factor = 1 + (0.5 * ((2 * new CounterRandom(5, stream) { Position = 1 }.NextSingle()) - 1));
            Assert.InRange(zoomed.Sum(), 0.85 * 289 * factor * factor, 1.15 * 289 * factor * factor);
        }
    }

    [Fact]
    public void Around_the_image_lies_the_fill_or_its_edge()
    {
        float[] ones = [.. Enumerable.Repeat(1f, 49)];
        Assert.Contains(0, Apply(new RandomAffine(shift: 0.9), ones, [7, 7], new CounterRandom(1, 1)));
        Assert.Contains(0.5f, Apply(new RandomAffine(shift: 0.9, fill: 0.5f), ones, [7, 7], new CounterRandom(1, 1)));
        Assert.Equal(ones, Apply(new RandomAffine(0.9, 90, 0.9, fill: null), ones, [7, 7], new CounterRandom(1, 1)));
        Assert.Equal(ones, Apply(new ElasticDistortion(1000, 2, fill: null), ones, [7, 7], new CounterRandom(1, 1)));
    }

    [Fact]
    public void The_elastic_field_is_the_smoothed_uniform_field_of_Simard()
    {
        // A ramp to the right tells how far each pixel looked to the right, as long as it stays inside.
        const int Side = 33;
        float[] ramp = [.. Enumerable.Range(0, Side * Side).Select(i => (float)(i % Side))];
        float[] changed = Apply(new ElasticDistortion(alpha: 10, sigma: 2, fill: null), ramp, [Side, Side], new CounterRandom(3, 4));
        var random = new CounterRandom(3, 4) { Position = Side * Side };
        double[] field = [.. Enumerable.Range(0, Side * Side).Select(_ => 10 * ((2.0 * random.NextSingle()) - 1))];
        double[] kernel = [.. Enumerable.Range(-6, 13).Select(i => Math.Exp(-i * i / 8.0))];
        double total = kernel.Sum();
        for (int y = 3; y < Side - 3; y++)
        {
            for (int x = 8; x < Side - 8; x++)
            {
                double smooth = 0;
                for (int dy = -6; dy <= 6; dy++)
                {
                    for (int dx = -6; dx <= 6; dx++)
                    {
                        double value = y + dy is >= 0 and < Side ? field[((y + dy) * Side) + x + dx] : 0;
                        smooth += kernel[dy + 6] * kernel[dx + 6] / (total * total) * value;
                    }
                }

                Assert.Equal(x + smooth, changed[(y * Side) + x], 3);
            }
        }
    }

    [Fact]
    public void A_sequence_applies_its_transforms_in_order_on_one_stream()
    {
        float[] digit = Picture();
        var affine = new RandomAffine(0.1, 10, 0.1);
        var elastic = new ElasticDistortion(8, 3);
        var flip = new RandomFlip();
        var random = new CounterRandom(1, 9);
        float[] expected = Apply(flip, Apply(elastic, Apply(affine, digit, Digit, random), Digit, random), Digit, random);
        Assert.Equal(expected, Apply(new SampleTransformSequence(affine, elastic, flip), digit, Digit, new CounterRandom(1, 9)));
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomAffine(shift: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomAffine(rotation: 181));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomAffine(zoom: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomAffine(zoom: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomFlip(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ElasticDistortion(alpha: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ElasticDistortion(sigma: 0));
    }

    [Fact]
    public void A_sample_cannot_be_changed_in_place()
    {
        var values = new float[784];
        Assert.Throws<ArgumentException>(() => new RandomFlip().Apply(values, values, Digit, new CounterRandom(1, 1)));
    }

    private static float[] Picture()
    {
        var pixels = new byte[784];
        SyntheticDigits.Draw(20, 3, pixels);
        return Array.ConvertAll(pixels, pixel => pixel / 255f);
    }

    private static float[] Apply(SampleTransform transform, float[] sample, Shape shape, CounterRandom random)
    {
        var changed = new float[sample.Length];
        transform.Apply(sample, changed, shape, random);
        return changed;
    }

    private static (double X, double Y) Centre(float[] plane, int side)
    {
        double sum = plane.Sum(value => (double)value);
        return (plane.Select((value, i) => value * (double)(i % side)).Sum() / sum, plane.Select((value, i) => value * (double)(i / side)).Sum() / sum);
    }
}
