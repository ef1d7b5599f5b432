using System.Numerics;
using System.Security.Cryptography;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class SyntheticDigitsTests
{
    [Fact]
    public void The_first_hundred_images_are_the_same_bytes_on_every_machine()
    {
        var pixels = new byte[100 * 784];
        var labels = new byte[100];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = (byte)SyntheticDigits.Draw(SyntheticDigits.DefaultSeed, (ulong)i, pixels.AsSpan(i * 784, 784));
        }

        Assert.Equal("42baca0454e46117effb87c146491ef36dd37e60eff606dea3d73060c1d80470", Convert.ToHexStringLower(SHA256.HashData(pixels)));
        Assert.Equal("8193657042319780654225469073817305246189605231479890813247568305162749279145860301749532687680539241", string.Concat(labels));
    }

    [Fact]
    public void An_image_depends_on_seed_and_index_alone_whatever_the_threads_do()
    {
        Dataset train = SyntheticDigits.Load(seed: 7, train: 500, test: 0).Train;
        var pixels = new byte[784];
        for (int i = 499; i >= 0; i -= 7)
        {
            Assert.Equal(train.Y.Span[i], SyntheticDigits.Draw(7, (ulong)i, pixels));
            Assert.Equal(pixels.Select(pixel => pixel / 255f), train.X.Span.Slice(i * 784, 784).ToArray());
        }
    }

    [Fact]
    public void Another_seed_and_the_test_part_are_other_images()
    {
        DatasetSplits splits = SyntheticDigits.Load(train: 50, test: 50);
        float[] train = splits.Train.X.ToArray();
        Assert.NotEqual(train, splits.Test.X.ToArray());
        Assert.NotEqual(train, SyntheticDigits.Load(seed: 1, train: 50, test: 0).Train.X.ToArray());
    }

    [Fact]
    public void A_longer_set_begins_with_the_shorter_one() =>
        Assert.Equal(SyntheticDigits.Load(train: 30).Train.X.ToArray(), SyntheticDigits.Load(train: 60).Train.Take(30).X.ToArray());

    [Fact]
    public void Every_ten_images_hold_each_digit_once_in_varying_order()
    {
        float[] labels = SyntheticDigits.Load(train: 200).Train.Y.ToArray();
        Assert.All(labels.Chunk(10), ten => Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], ten.Order()));
        Assert.NotEqual(labels[..10], labels[10..20]);
    }

    [Fact]
    public void Images_have_dark_paper_bright_ink_and_a_centre_near_the_middle()
    {
        Dataset train = SyntheticDigits.Load(train: 300).Train;
        Assert.Equal([300, 1, 28, 28], train.X.Shape);
        for (int i = 0; i < train.Count; i++)
        {
            float[] image = train.X.Span.Slice(i * 784, 784).ToArray();
            Assert.InRange(image.Min(), 0f, 0.05f);
            Assert.InRange(image.Max(), 0.4f, 1f);
            Assert.InRange(image.Average(), 0.01f, 0.4f);
            Assert.InRange(Centre(image, column: true), 10.5, 16.5);
            Assert.InRange(Centre(image, column: false), 10.5, 16.5);
        }
    }

    [Fact]
    public void Every_digit_has_two_ways_or_more_and_each_fits_the_painter()
    {
        for (int digit = 0; digit < 10; digit++)
        {
            ReadOnlySpan<Vector2[][]> ways = DigitSkeletons.WaysOf(digit);
            Assert.True(ways.Length >= 2, $"digit {digit}");
            foreach (Vector2[][] way in ways)
            {
                Assert.InRange(way.Sum(stroke => stroke.Length), 2, DigitSkeletons.MaxPoints);
                Assert.All(way, stroke => Assert.All(stroke, point => Assert.True(point is { X: >= 0 and <= 0.71f, Y: >= 0 and <= 1 }, $"digit {digit}: {point}")));
            }
        }
    }

    [Fact]
    public void The_nearest_mean_image_names_most_digits_and_not_all()
    {
        // A classifier without training: better than chance by far, or the images would be no digits; short of good, or they would be too alike.
        (Dataset train, Dataset test) = SyntheticDigits.Load(train: 2000, test: 500);
        var means = new float[10, 784];
        for (int i = 0; i < train.Count; i++)
        {
            for (int pixel = 0; pixel < 784; pixel++)
            {
                means[(int)train.Y.Span[i], pixel] += train.X.Span[(i * 784) + pixel] / 200;
            }
        }

        int right = 0;
        for (int i = 0; i < test.Count; i++)
        {
            int nearest = Enumerable.Range(0, 10).MinBy(digit => Enumerable.Range(0, 784).Sum(pixel => MathF.Pow(means[digit, pixel] - test.X.Span[(i * 784) + pixel], 2)));
            right += nearest == (int)test.Y.Span[i] ? 1 : 0;
        }

        Assert.InRange(right / (double)test.Count, 0.5, 0.93);
    }

    [Fact]
    public void Wrong_room_for_pixels_and_negative_counts_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SyntheticDigits.Draw(1, 0, new byte[783]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticDigits.Load(train: -1));
    }

    private static double Centre(float[] image, bool column)
    {
        double sum = 0;
        double moment = 0;
        for (int i = 0; i < image.Length; i++)
        {
            double ink = Math.Max(0, image[i] - 0.2);
            sum += ink;
            moment += ink * (column ? i % 28 : i / 28);
        }

        return moment / sum;
    }
}
