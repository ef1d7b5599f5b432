namespace Toolkit.Numerics.Tests;

public class CounterRandomTests
{
    // The known-answer vectors of Random123 (Salmon et al., SC 2011; D. E. Shaw Research), philox4x32-10:
    // counter words, key words, result words.
    [Theory]
    [InlineData(0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_gives_the_published_answers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3)
    {
        PhiloxBlock block = Philox.Block(k0 | ((ulong)k1 << 32), c0 | ((ulong)c1 << 32), c2 | ((ulong)c3 << 32));
        Assert.Equal([r0, r1, r2, r3], ((ReadOnlySpan<uint>)block).ToArray());
    }

    [Fact]
    public void The_stream_is_the_published_generator()
    {
        var random = new CounterRandom(0, 0);
        Assert.Equal([0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u], new[] { random.NextUInt32(), random.NextUInt32(), random.NextUInt32(), random.NextUInt32() });
        Assert.Equal(4ul, random.Position);
        Assert.Equal(Philox.Block(0, 1, 0)[0], random.NextUInt32());
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(0xFFFFFFFEul)]
    [InlineData(ulong.MaxValue - 3)]
    public void Bulk_blocks_equal_single_ones(ulong first)
    {
        for (int length = 0; length < 140; length++)
        {
            var words = new uint[length];
            Philox.Fill(0x0123456789ABCDEF, first, 0xFEDCBA9876543210, words);
            for (int i = 0; i < length; i++)
            {
                Assert.Equal(Philox.Block(0x0123456789ABCDEF, first + (ulong)(i / 4), 0xFEDCBA9876543210)[i % 4], words[i]);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Bulk_fills_equal_single_draws(int position)
    {
        foreach (int length in new[] { 0, 1, 5, 511, 512, 513, 2000 })
        {
            var single = new CounterRandom(7, 3) { Position = (ulong)position };
            var bulk = new CounterRandom(7, 3) { Position = (ulong)position };
            var values = new float[length];
            bulk.FillUniform(values);
            Assert.All(values, value => Assert.Equal(single.NextSingle(), value));
            bulk.FillNormal(values);
            Assert.All(values, value => Assert.Equal((float)single.NextNormal(), value));
            Assert.Equal(single.Position, bulk.Position);
        }
    }

    [Fact]
    public void Position_goes_back_and_ahead()
    {
        var random = new CounterRandom(1, 2);
        uint[] drawn = Array.ConvertAll(new int[20], _ => random.NextUInt32());
        foreach (int position in new[] { 13, 2, 0, 19, 4, 3 })
        {
            random.Position = (ulong)position;
            Assert.Equal(drawn[position], random.NextUInt32());
        }
    }

    [Fact]
    public void Seeds_and_streams_differ()
    {
        uint[] first = [new CounterRandom(0, 0).NextUInt32(), new CounterRandom(1, 0).NextUInt32(), new CounterRandom(0, 1).NextUInt32(), new CounterRandom(1UL << 32, 0).NextUInt32(), new CounterRandom(0, 1UL << 32).NextUInt32()];
        Assert.Equal(first.Length, first.Distinct().Count());
    }

    [Fact]
    public void Uniform_numbers_have_mean_and_variance_of_the_uniform_distribution()
    {
        var values = new float[100_000];
        new CounterRandom(5, 0).FillUniform(values);
        Assert.All(values, value => Assert.InRange(value, 0f, 0.99999994f));
        Assert.Equal(0.5, values.Average(), 0.005);
        Assert.Equal(1.0 / 12, values.Average(v => (v - 0.5) * (v - 0.5)), 0.001);
    }

    [Fact]
    public void Doubles_use_53_bits()
    {
        var random = new CounterRandom(5, 0);
        double[] values = Array.ConvertAll(new int[1000], _ => random.NextDouble());
        Assert.All(values, value => Assert.InRange(value, 0, 1 - (1.0 / (1L << 53))));
        Assert.Contains(values, value => value * (1L << 30) % 1 != 0);
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        var values = new float[100_000];
        new CounterRandom(6, 0).FillNormal(values);
        Assert.Equal(0, values.Average(), 0.015);
        Assert.Equal(1, values.Average(v => v * v), 0.02);
        Assert.Equal(3, values.Average(v => (double)v * v * v * v), 0.15);
        Assert.Equal(0.6827, values.Average(v => Math.Abs(v) < 1 ? 1.0 : 0), 0.01);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void Integers_stay_below_their_bound_and_reach_their_share(int bound)
    {
        var random = new CounterRandom(9, 0);
        int[] values = Array.ConvertAll(new int[60_000], _ => random.NextInt32(bound));
        Assert.All(values, value => Assert.InRange(value, 0, bound - 1));
        Assert.Equal((bound - 1) / 2.0, values.Average(), Math.Max(bound * 0.01, 1e-9));
    }

    [Fact]
    public void Integers_need_a_bound() => Assert.Throws<ArgumentOutOfRangeException>(() => new CounterRandom(0, 0).NextInt32(0));

    [Fact]
    public void Shuffle_is_a_permutation_and_every_place_is_equally_likely()
    {
        var random = new CounterRandom(4, 0);
        var counts = new int[5];
        for (int trial = 0; trial < 20_000; trial++)
        {
            int[] items = [0, 1, 2, 3, 4];
            random.Shuffle<int>(items);
            Assert.Equal([0, 1, 2, 3, 4], items.Order());
            counts[Array.IndexOf(items, 0)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 3750, 4250));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(513)]
    [InlineData(5000)]
    public void Shuffle_draws_what_single_integers_would_draw(int count)
    {
        foreach (ulong position in new ulong[] { 0, 3, 1UL << 33 })
        {
            int[] expected = [.. Enumerable.Range(0, count)];
            var single = new CounterRandom(9, 4) { Position = position };
            for (int i = count - 1; i > 0; i--)
            {
                int j = single.NextInt32(i + 1);
                (expected[i], expected[j]) = (expected[j], expected[i]);
            }

            int[] actual = [.. Enumerable.Range(0, count)];
            var random = new CounterRandom(9, 4) { Position = position };
            random.Shuffle<int>(actual);
            Assert.Equal(expected, actual);
            Assert.Equal(single.Position, random.Position);
        }
    }
}
