using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels.Conv;

public sealed class ConvolutionTests
{
    // Channels of x and y, groups: one group, two, depthwise, depthwise with a multiplier; then enough channels for the paths across lanes.
    private static readonly (int C, int M, int Groups)[] Channels = [(1, 5, 1), (3, 4, 1), (4, 6, 2), (3, 3, 3), (2, 6, 2), (8, 9, 1), (17, 8, 1), (16, 18, 2)];

    private static readonly (int Top, int Left, int Bottom, int Right)[] Pads = [(0, 0, 0, 0), (1, 1, 1, 1), (0, 2, 1, 0), (2, 0, 0, 3)];

    public static TheoryData<string, int> SetsAndStrides()
    {
        var data = new TheoryData<string, int>();
        foreach (KernelSet set in KernelSet.Available)
        {
            for (int stride = 1; stride <= 3; stride++)
            {
                data.Add(set.Name, stride);
            }
        }

        return data;
    }

    public static TheoryData<string> Sets() => new(KernelSet.Available.Select(set => set.Name));

    [Theory]
    [MemberData(nameof(SetsAndStrides))]
    public void Every_combination_equals_the_naive_sum(string name, int stride)
    {
        KernelSet set = Set(name);
        foreach (ConvolutionCase item in Combinations(stride, batch: 2))
        {
            AssertEqualsNaive(item, set);
        }
    }

    [Theory]
    [MemberData(nameof(SetsAndStrides))]
    public void Every_combination_of_a_large_batch_equals_the_naive_sum(string name, int stride)
    {
        KernelSet set = Set(name);
        int number = 0;
        foreach (ConvolutionCase item in Combinations(stride, batch: 17).Where(item => item.Geometry.InputChannels >= 8))
        {
            // The naive sums of a large batch take their time: every set takes another part of the combinations.
            if (number++ % KernelSet.Available.Count == KernelSet.Available.TakeWhile(other => other != set).Count())
            {
                AssertEqualsNaive(item, set);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Sizes_beyond_a_register_tile_equal_the_naive_sum(string name)
    {
        KernelSet set = Set(name);
        foreach (ConvolutionCase item in Larger())
        {
            AssertEqualsNaive(item, set);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_set_gives_the_bits_of_the_scalar_oracle_on_any_number_of_threads(string name)
    {
        using var two = new WorkerPool(2);
        using var five = new WorkerPool(5);
        foreach (ConvolutionCase item in Larger().Select(item => item.WithFractions()))
        {
            foreach ((string what, Func<KernelSet, WorkerPool, float[]> run) in Operations(item))
            {
                float[] expected = run(KernelSet.Available[^1], WorkerPool.Serial);
                AssertSameBits(expected, run(Set(name), WorkerPool.Serial), $"{what}, {item}");
                AssertSameBits(expected, run(Set(name), two), $"{what} on 2 threads, {item}");
                AssertSameBits(expected, run(Set(name), five), $"{what} on 5 threads, {item}");
            }
        }
    }

    [Fact]
    public void Packed_weights_give_the_bits_of_unpacked_ones()
    {
        foreach (ConvolutionCase item in Larger().Select(item => item.WithFractions()))
        {
            ConvolutionGeometry g = item.Geometry;
            PackedConvolution packed = Convolution.Pack(g with { Batch = 1, InputHeight = 99, InputWidth = 99 }, item.W);
            float[] y = new float[g.OutputLength];
            Convolution.Forward(in g, item.X, packed, item.Bias, y, ActivationKind.Relu, WorkerPool.Shared);
            AssertSameBits(item.RunForward(KernelSet.Current, WorkerPool.Shared, ActivationKind.Relu), y, item.ToString());
        }
    }

    [Theory]
    [InlineData(ActivationKind.Relu)]
    [InlineData(ActivationKind.Sigmoid)]
    [InlineData(ActivationKind.Tanh)]
    public void A_fused_activation_gives_the_bits_of_a_separate_pass(ActivationKind activation)
    {
        foreach (ConvolutionCase item in Larger().Select(item => item.WithFractions()))
        {
            AssertSameBits(Activate(item.RunForward(KernelSet.Current, WorkerPool.Shared), activation), item.RunForward(KernelSet.Current, WorkerPool.Shared, activation), $"{item}");
            AssertSameBits(Activate(item.RunTransposed(KernelSet.Current, WorkerPool.Shared), activation), item.RunTransposed(KernelSet.Current, WorkerPool.Shared, activation), $"{item}");
        }
    }

    [Fact]
    public void Float64_equals_float32_where_both_are_exact()
    {
        foreach (ConvolutionCase item in Combinations(stride: 2, batch: 2).Concat(Larger()))
        {
            ConvolutionGeometry g = item.Geometry;
            double[] x = [.. item.X], w = [.. item.W], dy = [.. item.Dy];
            double[] y = new double[g.OutputLength], dx = new double[g.InputLength], dw = new double[g.WeightLength];
            Convolution.Forward<double>(in g, x, w, [.. item.Bias], y, ActivationKind.None, WorkerPool.Shared);
            Convolution.BackwardInput<double>(in g, dy, w, dx, false, WorkerPool.Shared);
            Convolution.BackwardWeights<double>(in g, x, dy, dw, false, WorkerPool.Shared);
            AssertEqual(item.Forward(), y, $"forward {item}");
            AssertEqual(item.BackwardInput(), dx, $"backward input {item}");
            AssertEqual(item.BackwardWeights(), dw, $"backward weights {item}");
        }
    }

    [Fact]
    public void A_convolution_allocates_nothing_after_the_first_of_its_size()
    {
        using var pool = new WorkerPool(2);
        foreach (ConvolutionCase item in Larger())
        {
            ConvolutionGeometry g = item.Geometry;
            PackedConvolution packed = Convolution.Pack(in g, item.W);
            float[] y = new float[g.OutputLength], dx = new float[g.InputLength], dw = new float[g.WeightLength], db = new float[g.OutputChannels], dz = new float[g.OutputLength];
            TestAllocations.AssertNone(() =>
            {
                Convolution.Forward<float>(in g, item.X, item.W, item.Bias, y, ActivationKind.Sigmoid, pool);
                Convolution.Forward(in g, item.X, packed, item.Bias, y, ActivationKind.Relu, pool);
                Convolution.BackwardInput<float>(in g, item.Dy, item.W, dx, false, pool);
                Convolution.BackwardWeights<float>(in g, item.X, item.Dy, dw, false, pool);
                Convolution.Backward(
                    in g,
                    new ConvolutionGradients<float> { X = item.X, W = item.W, Y = y, Dy = item.Dy, Activation = ActivationKind.Relu, Scratch = dz, Dx = dx, Dw = dw, Db = db },
                    pool);
                Convolution.SumChannels<float>(item.Dy, db, g.Batch, g.OutputChannels, g.OutputArea, false, pool);
            });
        }
    }

    [Fact]
    public void A_bias_gradient_sums_samples_and_positions()
    {
        float[] db = [100, 200];
        Convolution.SumChannels<float>([1, 2, 3, 4, 5, 6, 7, 8], db, batch: 2, channels: 2, area: 2, accumulate: false, WorkerPool.Shared);
        Assert.Equal([14f, 22], db);
        Convolution.SumChannels<float>([1, 2, 3, 4, 5, 6, 7, 8], db, batch: 2, channels: 2, area: 2, accumulate: true, WorkerPool.Shared);
        Assert.Equal([28f, 44], db);
    }

    [Fact]
    public void An_empty_batch_is_left_alone_and_its_weight_gradient_is_zero()
    {
        var g = new ConvolutionGeometry { Batch = 0, InputChannels = 2, InputHeight = 4, InputWidth = 4, OutputChannels = 3, KernelHeight = 3, KernelWidth = 3 };
        float[] dw = new float[g.WeightLength];
        Array.Fill(dw, 5);
        Convolution.Forward<float>(in g, [], dw, [], [], ActivationKind.Relu, WorkerPool.Shared);
        Convolution.BackwardInput<float>(in g, [], dw, [], false, WorkerPool.Shared);
        Convolution.BackwardWeights<float>(in g, [], [], dw, true, WorkerPool.Shared);
        Assert.All(dw, value => Assert.Equal(5, value));
        Convolution.BackwardWeights<float>(in g, [], [], dw, false, WorkerPool.Shared);
        Assert.All(dw, value => Assert.Equal(0, value));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Padding_adds_no_term_that_infinite_weights_would_make_nan(string name)
    {
        var g = new ConvolutionGeometry { Batch = 16, InputChannels = 8, InputHeight = 2, InputWidth = 2, OutputChannels = 8, KernelHeight = 3, KernelWidth = 3, PadTop = 1, PadLeft = 1, PadBottom = 1, PadRight = 1 };
        float[] w = new float[g.WeightLength];
        Array.Fill(w, float.PositiveInfinity);
        float[] x = new float[g.InputLength];
        Array.Fill(x, 1);
        float[] y = new float[g.OutputLength];
        Convolution.Forward<float>(Set(name), in g, x, w, false, [], y, false, ActivationKind.None, WorkerPool.Serial);
        Assert.All(y, value => Assert.Equal(float.PositiveInfinity, value));
    }

    private static void AssertEqualsNaive(ConvolutionCase item, KernelSet set)
    {
        ConvolutionGeometry g = item.Geometry;
        AssertEqual(item.Forward(), [.. item.RunForward(set, WorkerPool.Serial)], $"forward {item}");
        double[] dx = item.BackwardInput();
        AssertEqual(dx, [.. item.RunBackwardInput(set, WorkerPool.Serial)], $"backward input {item}");
        AssertEqual([.. dx.Zip(item.Before, (a, b) => a + b)], [.. item.RunBackwardInput(set, WorkerPool.Serial, accumulate: true)], $"backward input, added, {item}");
        AssertEqual([.. dx.Select((value, i) => value + item.InputBias[i / g.InputArea % g.InputChannels])], [.. item.RunTransposed(set, WorkerPool.Serial)], $"transposed {item}");
        double[] dw = item.BackwardWeights();
        AssertEqual(dw, [.. item.RunBackwardWeights(set, WorkerPool.Serial)], $"backward weights {item}");
        AssertEqual([.. dw.Zip(item.Before, (a, b) => a + b)], [.. item.RunBackwardWeights(set, WorkerPool.Serial, accumulate: true)], $"backward weights, added, {item}");
        double[] y = item.Forward();
        AssertEqual(
            [.. y.Select((value, i) => value - item.Bias[i / g.OutputArea % g.OutputChannels] + item.Before[i])],
            [.. item.RunAddForward(set, WorkerPool.Serial)],
            $"forward, added, {item}");
    }

    private static IEnumerable<(string What, Func<KernelSet, WorkerPool, float[]> Run)> Operations(ConvolutionCase item) =>
    [
        ("forward", (set, workers) => item.RunForward(set, workers, ActivationKind.Relu)),
        ("forward, added", item.RunAddForward),
        ("backward input", (set, workers) => item.RunBackwardInput(set, workers)),
        ("backward input, added", (set, workers) => item.RunBackwardInput(set, workers, accumulate: true)),
        ("transposed", (set, workers) => item.RunTransposed(set, workers, ActivationKind.Tanh)),
        ("backward weights", (set, workers) => item.RunBackwardWeights(set, workers)),
        ("backward weights, added", (set, workers) => item.RunBackwardWeights(set, workers, accumulate: true)),
        ("all gradients", (set, workers) => item.RunBackward(set, workers, item.Dy, ActivationKind.Tanh).All),
    ];

    private static IEnumerable<ConvolutionCase> Combinations(int stride, int batch)
    {
        int number = 0;
        foreach ((int height, int width) in new[] { (5, 6), (8, 7) })
        {
            foreach ((int top, int left, int bottom, int right) in Pads)
            {
                for (int dilation = 1; dilation <= 2; dilation++)
                {
                    foreach ((int c, int m, int groups) in Channels)
                    {
                        bool isOdd = number++ % 2 == 0;
                        yield return new ConvolutionCase(new ConvolutionGeometry
                        {
                            Batch = batch,
                            InputChannels = c,
                            InputHeight = height,
                            InputWidth = width,
                            OutputChannels = m,
                            KernelHeight = isOdd ? 3 : 2,
                            KernelWidth = isOdd ? 2 : 3,
                            StrideHeight = stride,
                            StrideWidth = isOdd ? stride : (stride % 3) + 1,
                            DilationHeight = dilation,
                            DilationWidth = isOdd ? dilation : 3 - dilation,
                            PadTop = top,
                            PadLeft = left,
                            PadBottom = bottom,
                            PadRight = right,
                            Groups = groups,
                        });
                    }
                }
            }
        }
    }

    /// <summary>Geometries that take every path, with sizes beyond a register tile.</summary>
    internal static IEnumerable<ConvolutionCase> Larger()
    {
        ConvolutionGeometry g = new() { Batch = 1, InputChannels = 3, InputHeight = 11, InputWidth = 13, OutputChannels = 10, KernelHeight = 3, KernelWidth = 3 };
        ConvolutionGeometry same = g with { PadTop = 1, PadLeft = 1, PadBottom = 1, PadRight = 1 };
        yield return new(g);
        yield return new(g with { Batch = 3, InputChannels = 1, InputHeight = 28, InputWidth = 28, OutputChannels = 20 });
        yield return new(same with { InputHeight = 9, InputWidth = 17, OutputChannels = 17 });
        yield return new(g with { KernelHeight = 1, KernelWidth = 1, InputChannels = 19, OutputChannels = 34 });
        yield return new(g with { KernelHeight = 1, KernelWidth = 1, Batch = 20, InputChannels = 19, OutputChannels = 9 });
        ConvolutionGeometry pointwise = g with { KernelHeight = 1, KernelWidth = 1, Batch = 3, InputChannels = 6, OutputChannels = 20 };
        yield return new(pointwise with { InputHeight = 23, InputWidth = 25 });
        yield return new(pointwise with { InputHeight = 13, InputWidth = 35, Groups = 2, StrideHeight = 2, StrideWidth = 2 });
        yield return new(pointwise with { InputHeight = 9, InputWidth = 38, StrideWidth = 2, OutputChannels = 3 });
        yield return new(pointwise with { InputHeight = 13, InputWidth = 19, StrideHeight = 3, StrideWidth = 3, Batch = 34 });
        yield return new(pointwise with { InputHeight = 4, InputWidth = 5, InputChannels = 130, OutputChannels = 130, Batch = 2 });
        yield return new(same with { Batch = 35, InputChannels = 16, InputHeight = 6, InputWidth = 5, OutputChannels = 33 });
        yield return new(g with { Batch = 50, InputChannels = 9, InputHeight = 5, InputWidth = 5, OutputChannels = 66, StrideHeight = 2, StrideWidth = 2 });
        yield return new(g with { Batch = 16, InputChannels = 20, InputHeight = 7, InputWidth = 6, OutputChannels = 24, Groups = 2 });
        yield return new(same with { Batch = 2, InputChannels = 5, OutputChannels = 5, InputHeight = 19, InputWidth = 21, Groups = 5 });
        yield return new(same with { Batch = 2, InputChannels = 4, OutputChannels = 8, InputHeight = 12, InputWidth = 18, Groups = 4, StrideHeight = 2, StrideWidth = 2 });
        ConvolutionGeometry depthwise = same with { Batch = 3, InputChannels = 3, OutputChannels = 3, Groups = 3 };
        yield return new(depthwise with { InputHeight = 14, InputWidth = 14 });
        yield return new(depthwise with { InputHeight = 9, InputWidth = 40, PadLeft = 2, PadRight = 0 });
        yield return new(depthwise with { InputHeight = 3, InputWidth = 1, PadTop = 3, Batch = 90 });
        yield return new(depthwise with { InputHeight = 28, InputWidth = 28, Batch = 40 });
        yield return new(depthwise with { InputHeight = 15, InputWidth = 37, StrideHeight = 2, StrideWidth = 2 });
        yield return new(depthwise with { InputHeight = 12, InputWidth = 34, StrideHeight = 1, StrideWidth = 2, PadLeft = 0, OutputChannels = 6 });
        yield return new(depthwise with { InputHeight = 11, InputWidth = 20, KernelHeight = 5, KernelWidth = 5, PadTop = 2, PadLeft = 2, PadBottom = 2, PadRight = 2 });
        yield return new(depthwise with { InputHeight = 11, InputWidth = 20, DilationHeight = 2, DilationWidth = 2, PadLeft = 5 });
        yield return new(g with { InputHeight = 1, InputWidth = 70, KernelHeight = 1, KernelWidth = 5, InputChannels = 8, OutputChannels = 8, PadLeft = 4 });
        yield return new(g with { Batch = 70, InputHeight = 4, InputWidth = 4, InputChannels = 8, OutputChannels = 8, PadTop = 3, PadLeft = 3 });
        yield return new(g with { Batch = 18, InputChannels = 1, InputHeight = 9, InputWidth = 28, OutputChannels = 6, KernelHeight = 5, KernelWidth = 5, PadTop = 2, PadLeft = 2, PadBottom = 2, PadRight = 2 });
        yield return new(g with { Batch = 19, InputChannels = 6, InputHeight = 9, InputWidth = 14, OutputChannels = 10, KernelHeight = 4, KernelWidth = 5 });
        yield return new(same with { Batch = 33, InputChannels = 5, InputHeight = 6, InputWidth = 9, OutputChannels = 6, PadLeft = 2, StrideWidth = 2 });
        yield return new(g with { Batch = 21, InputChannels = 9, InputHeight = 4, InputWidth = 5, OutputChannels = 17, KernelHeight = 4, KernelWidth = 5 });
        yield return new(g with { Batch = 2, InputChannels = 3, InputHeight = 7, InputWidth = 36, OutputChannels = 11, KernelWidth = 7, DilationHeight = 2, PadLeft = 4, PadBottom = 1 });
        yield return new(g with { InputChannels = 2, InputHeight = 21, InputWidth = 37, OutputChannels = 13, KernelHeight = 2, KernelWidth = 2, DilationWidth = 2, PadTop = 1 });
    }

    private static float[] Activate(float[] values, ActivationKind activation)
    {
        switch (activation)
        {
            case ActivationKind.Sigmoid:
                ElementWise.Unary<Sigmoid, float>(default, values, values, WorkerPool.Serial);
                break;
            case ActivationKind.Tanh:
                ElementWise.Unary<HyperbolicTangent, float>(default, values, values, WorkerPool.Serial);
                break;
            default:
                ElementWise.Unary<Relu, float>(default, values, values, WorkerPool.Serial);
                break;
        }

        return values;
    }

    internal static KernelSet Set(string name) => KernelSet.Available.Single(set => set.Name == name);

    private static void AssertEqual(double[] expected, double[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(expected[i] == actual[i], $"{what}: element {i} is {actual[i]} and not {expected[i]}");
        }
    }

    internal static void AssertSameBits(float[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]), $"{what}: element {i} is {actual[i]:G9} and not {expected[i]:G9}");
        }
    }
}
