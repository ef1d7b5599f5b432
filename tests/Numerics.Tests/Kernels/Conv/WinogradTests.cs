using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels.Conv;

/// <summary>3×3 convolutions whose products are so many that Winograd's filtering computes them, forward and both gradients.</summary>
public sealed class WinogradTests
{
    // Of the sum of the terms' magnitudes. Corners, to which a single tap of many may contribute, round as their tile does.
    private const double Tolerance = 2e-5;

    private static readonly ConvolutionGeometry Small = new() { Batch = 16, InputChannels = 16, InputHeight = 6, InputWidth = 6, OutputChannels = 16, KernelHeight = 3, KernelWidth = 3 };

    private static readonly ConvolutionGeometry[] Geometries =
    [
        // One tile; several; a ragged last row and column of tiles; more lanes, channels and rows than a register tile has, or not whole ones.
        Small,
        Small with { Batch = 17, InputChannels = 64, OutputChannels = 40, InputHeight = 6, InputWidth = 10 },
        Small with { Batch = 31, InputChannels = 31, OutputChannels = 18, InputHeight = 9, InputWidth = 14 },
        Small with { Batch = 33, InputChannels = 30, OutputChannels = 35, InputHeight = 10, InputWidth = 9 },
        Small with { Batch = 64, InputHeight = 6, InputWidth = 5, OutputChannels = 48 },
        Small with { Batch = 45, InputChannels = 29, InputHeight = 13, InputWidth = 13, OutputChannels = 17 },
        Small with { Batch = 48, InputHeight = 5, InputWidth = 5, InputChannels = 64, OutputChannels = 64 },
        Padded(Small, 1, 1, 1, 1) with { InputHeight = 8, InputWidth = 12 },
        Padded(Small, 1, 1, 1, 1) with { InputHeight = 7, InputWidth = 15, InputChannels = 31, OutputChannels = 19, Batch = 32 },
        Padded(Small, 2, 0, 1, 2) with { InputHeight = 9, InputWidth = 12, InputChannels = 32, OutputChannels = 21, Batch = 30 },
        Padded(Small, 0, 2, 0, 1) with { InputHeight = 14, InputWidth = 13, OutputChannels = 33 },
        Padded(Small, 2, 2, 1, 1) with { InputHeight = 15, InputWidth = 15, InputChannels = 32, OutputChannels = 32 },

        // Rows of tiles that are cut into pieces.
        Padded(Small, 1, 1, 1, 1) with { InputHeight = 4, InputWidth = 44, InputChannels = 80, OutputChannels = 16 },
    ];

    public static TheoryData<int> Numbers() => new(Enumerable.Range(0, Geometries.Length));

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_result_is_within_its_rounding_of_the_naive_sum(int number)
    {
        ConvolutionGeometry g = Geometries[number];
        ConvolutionCase item = new ConvolutionCase(in g).WithFractions();
        ConvolutionCase magnitudes = Magnitudes(item);
        KernelSet set = KernelSet.Current;
        double[] y = item.Forward(), yMagnitudes = magnitudes.Forward();
        AssertClose(y, yMagnitudes, item.RunForward(set, WorkerPool.Shared), $"forward {g}");
        AssertClose([.. y.Select((value, i) => value - item.Bias[i / g.OutputArea % g.OutputChannels] + item.Before[i])], Plus(yMagnitudes, magnitudes.Before), item.RunAddForward(set, WorkerPool.Shared), $"forward, added, {g}");
        double[] dx = item.BackwardInput(), dxMagnitudes = magnitudes.BackwardInput();
        AssertClose(dx, dxMagnitudes, item.RunBackwardInput(set, WorkerPool.Shared), $"backward input {g}");
        AssertClose(Plus(dx, item.Before), Plus(dxMagnitudes, magnitudes.Before), item.RunBackwardInput(set, WorkerPool.Shared, accumulate: true), $"backward input, added, {g}");
        float[] biases = [.. dx.Select((_, i) => item.InputBias[i / g.InputArea % g.InputChannels])];
        AssertClose(Plus(dx, biases), Plus(dxMagnitudes, [.. biases.Select(Math.Abs)]), item.RunTransposed(set, WorkerPool.Shared), $"transposed {g}");
        double[] dw = item.BackwardWeights(), dwMagnitudes = magnitudes.BackwardWeights();
        AssertClose(dw, dwMagnitudes, item.RunBackwardWeights(set, WorkerPool.Shared), $"backward weights {g}");
        AssertClose(Plus(dw, item.Before), Plus(dwMagnitudes, magnitudes.Before), item.RunBackwardWeights(set, WorkerPool.Shared, accumulate: true), $"backward weights, added, {g}");
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void These_geometries_take_the_paths_that_are_tested_here(int number)
    {
        ConvolutionGeometry g = Geometries[number];
        Assert.True(ConvolutionPaths.ForwardByWinograd(in g) && ConvolutionPaths.BackwardByWinograd(in g) && ConvolutionPaths.WeightsByWinograd(in g), $"{g}");
    }

    [Fact]
    public void Both_gradients_by_the_input_are_tested_here()
    {
        Assert.Contains(Geometries, g => ConvolutionPaths.BackwardByOutputTiles(in g));
        Assert.Contains(Geometries, g => !ConvolutionPaths.BackwardByOutputTiles(in g));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_set_gives_the_bits_of_the_scalar_oracle_on_any_number_of_threads(int number)
    {
        using var two = new WorkerPool(2);
        using var seven = new WorkerPool(7);
        ConvolutionCase item = new ConvolutionCase(in Geometries[number]).WithFractions();
        foreach ((string what, Func<KernelSet, WorkerPool, float[]> run) in Operations(item))
        {
            float[] expected = run(KernelSet.Available[^1], seven);
            AssertSameBits(expected, run(KernelSet.Available[^1], WorkerPool.Serial), $"{what}, scalar, {item}");
            foreach (KernelSet set in KernelSet.Available.SkipLast(1))
            {
                AssertSameBits(expected, run(set, WorkerPool.Serial), $"{what}, {set}, {item}");
                AssertSameBits(expected, run(set, two), $"{what}, {set}, 2 threads, {item}");
                AssertSameBits(expected, run(set, seven), $"{what}, {set}, 7 threads, {item}");
            }
        }
    }

    [Fact]
    public void Packed_weights_give_the_bits_of_unpacked_ones()
    {
        foreach (ConvolutionGeometry g in Geometries)
        {
            ConvolutionCase item = new ConvolutionCase(in g).WithFractions();
            PackedConvolution packed = Convolution.Pack(g with { Batch = 1, InputHeight = 99, InputWidth = 99 }, item.W);
            float[] y = new float[g.OutputLength];
            Convolution.Forward(in g, item.X, packed, item.Bias, y, ActivationKind.Relu, WorkerPool.Shared);
            AssertSameBits(item.RunForward(KernelSet.Current, WorkerPool.Shared, ActivationKind.Relu), y, g.ToString());
        }
    }

    [Theory]
    [InlineData(ActivationKind.Relu)]
    [InlineData(ActivationKind.Sigmoid)]
    [InlineData(ActivationKind.Tanh)]
    public void A_fused_activation_gives_the_bits_of_a_separate_pass(ActivationKind activation)
    {
        foreach (ConvolutionGeometry g in Geometries)
        {
            ConvolutionCase item = new ConvolutionCase(in g).WithFractions();
            AssertSameBits(Activate(item.RunForward(KernelSet.Current, WorkerPool.Shared), activation), item.RunForward(KernelSet.Current, WorkerPool.Shared, activation), $"{g}");
            AssertSameBits(Activate(item.RunTransposed(KernelSet.Current, WorkerPool.Shared), activation), item.RunTransposed(KernelSet.Current, WorkerPool.Shared, activation), $"transposed {g}");
        }
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_call_of_a_size()
    {
        using var pool = new WorkerPool(2);
        foreach (ConvolutionGeometry g in Geometries)
        {
            var item = new ConvolutionCase(in g);
            PackedConvolution packed = Convolution.Pack(in g, item.W);
            float[] y = new float[g.OutputLength], dx = new float[g.InputLength], dw = new float[g.WeightLength];
            TestAllocations.AssertNone(() =>
            {
                Convolution.Forward<float>(in g, item.X, item.W, item.Bias, y, ActivationKind.Sigmoid, pool);
                Convolution.Forward(in g, item.X, packed, item.Bias, y, ActivationKind.Relu, pool);
                Convolution.BackwardInput<float>(in g, item.Dy, item.W, dx, false, pool);
                Convolution.BackwardWeights<float>(in g, item.X, item.Dy, dw, false, pool);
            });
        }
    }

    [Fact]
    public void Float64_is_summed_by_the_definition()
    {
        ConvolutionGeometry g = Geometries[7];
        var item = new ConvolutionCase(in g);
        double[] y = new double[g.OutputLength], dx = new double[g.InputLength], dw = new double[g.WeightLength];
        Convolution.Forward<double>(in g, [.. item.X], [.. item.W], [.. item.Bias], y, ActivationKind.None, WorkerPool.Shared);
        Convolution.BackwardInput<double>(in g, [.. item.Dy], [.. item.W], dx, false, WorkerPool.Shared);
        Convolution.BackwardWeights<double>(in g, [.. item.X], [.. item.Dy], dw, false, WorkerPool.Shared);
        Assert.Equal(item.Forward(), y);
        Assert.Equal(item.BackwardInput(), dx);
        Assert.Equal(item.BackwardWeights(), dw);
    }

    [Fact]
    public void A_nan_of_one_sample_stays_out_of_the_others()
    {
        ConvolutionGeometry g = Geometries[5];
        ConvolutionCase item = new ConvolutionCase(in g).WithFractions();
        float[] expected = item.RunForward(KernelSet.Current, WorkerPool.Serial);
        int poisoned = 18;
        item.X[(poisoned * g.InputChannels * g.InputArea) + 7] = float.NaN;
        float[] y = item.RunForward(KernelSet.Current, WorkerPool.Serial);
        int sample = g.OutputChannels * g.OutputArea;
        Assert.Contains(float.NaN, y.AsSpan(poisoned * sample, sample).ToArray());
        AssertSameBits(expected[..(poisoned * sample)], y[..(poisoned * sample)], "samples before");
        AssertSameBits(expected[((poisoned + 1) * sample)..], y[((poisoned + 1) * sample)..], "samples behind");
    }

    [Fact]
    public void Other_kernels_strides_and_few_channels_are_left_to_the_definition()
    {
        ConvolutionGeometry g = Small with { InputHeight = 14, InputWidth = 14, InputChannels = 32, OutputChannels = 32 };
        foreach (ConvolutionGeometry other in new[]
        {
            g with { KernelHeight = 5 }, g with { KernelWidth = 1 }, g with { StrideHeight = 2 }, g with { StrideWidth = 2 }, g with { DilationHeight = 2 }, g with { DilationWidth = 2 },
            g with { Groups = 2 }, g with { PadLeft = 3 }, g with { Batch = 8 }, g with { InputChannels = 8 }, g with { OutputChannels = 8 }, g with { InputHeight = 3, InputWidth = 3 }, g with { Batch = 17, InputChannels = 16 },
        })
        {
            Assert.False(ConvolutionPaths.ForwardByWinograd(in other), $"{other}");
        }
    }

    private static ConvolutionGeometry Padded(ConvolutionGeometry g, int top, int left, int bottom, int right) => g with { PadTop = top, PadLeft = left, PadBottom = bottom, PadRight = right };

    private static ConvolutionCase Magnitudes(ConvolutionCase item)
    {
        var result = new ConvolutionCase(item.Geometry);
        foreach ((float[] from, float[] to) in new[] { (item.X, result.X), (item.W, result.W), (item.Bias, result.Bias), (item.Dy, result.Dy), (item.Before, result.Before) })
        {
            for (int i = 0; i < from.Length; i++)
            {
                to[i] = Math.Abs(from[i]);
            }
        }

        return result;
    }

    private static IEnumerable<(string What, Func<KernelSet, WorkerPool, float[]> Run)> Operations(ConvolutionCase item) =>
    [
        ("forward", (set, workers) => item.RunForward(set, workers, ActivationKind.Relu)),
        ("forward, added", item.RunAddForward),
        ("backward input", (set, workers) => item.RunBackwardInput(set, workers)),
        ("transposed", (set, workers) => item.RunTransposed(set, workers, ActivationKind.Tanh)),
        ("backward weights, added", (set, workers) => item.RunBackwardWeights(set, workers, accumulate: true)),
    ];

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

    private static double[] Plus(double[] values, float[] others) => [.. values.Zip(others, (a, b) => a + b)];

    private static void AssertClose(double[] expected, double[] magnitudes, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance * magnitudes[i], $"{what}: element {i} is {actual[i]:G9} and not {expected[i]:G9}, its terms' magnitudes {magnitudes[i]:G3}");
        }
    }

    private static void AssertSameBits(float[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]), $"{what}: element {i} is {actual[i]:G9} and not {expected[i]:G9}");
        }
    }
}
