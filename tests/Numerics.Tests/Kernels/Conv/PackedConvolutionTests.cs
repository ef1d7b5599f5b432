using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels.Conv;

public sealed class PackedConvolutionTests
{
    private static readonly ConvolutionGeometry Base = new() { Batch = 2, InputChannels = 20, InputHeight = 7, InputWidth = 9, OutputChannels = 37, KernelHeight = 3, KernelWidth = 3 };

    private static readonly ConvolutionGeometry Same = Base with { PadTop = 1, PadLeft = 1, PadBottom = 1, PadRight = 1 };

    // Channels across the lanes: kernels, strides, padding on any side, dilation, one position, several images in a block, more positions than a block has.
    private static readonly ConvolutionGeometry[] ByChannels =
    [
        Base with { InputChannels = 9 },
        Same with { Batch = 3, InputHeight = 3, InputWidth = 3, InputChannels = 32 },
        Same with { StrideHeight = 2, StrideWidth = 2, InputChannels = 16, OutputChannels = 48 },
        Base with { PadTop = 2, PadRight = 3, DilationWidth = 2, InputChannels = 16, OutputChannels = 8 },
        Base with { KernelHeight = 7, KernelWidth = 9, OutputChannels = 120 },
        Base with { KernelHeight = 1, KernelWidth = 5, InputChannels = 16, PadLeft = 2 },
        Base with { KernelHeight = 1, KernelWidth = 1, InputHeight = 6, InputWidth = 6, OutputChannels = 130 },
        Base with { KernelHeight = 1, KernelWidth = 1, InputHeight = 3, InputWidth = 3, Batch = 33 },
        Base with { KernelHeight = 1, KernelWidth = 1, InputHeight = 12, InputWidth = 12, Batch = 1 },
        Base with { KernelHeight = 2, KernelWidth = 2, InputHeight = 25, InputWidth = 15, InputChannels = 6, OutputChannels = 11 },
    ];

    private static readonly ConvolutionGeometry[] ByWinograd =
    [
        Same with { InputChannels = 32, OutputChannels = 40, InputHeight = 12, InputWidth = 12, Batch = 1 },
        Base with { InputChannels = 32, OutputChannels = 64, InputHeight = 13, InputWidth = 13, Batch = 1 },
        Same with { InputChannels = 35, OutputChannels = 48, InputHeight = 8, InputWidth = 11, Batch = 3, PadBottom = 0, PadRight = 2 },
    ];

    public static TheoryData<string> Sets() => ConvolutionTests.Sets();

    [Fact]
    public void The_geometries_take_the_paths_that_they_are_meant_for()
    {
        Assert.All(ByChannels, g => Assert.True(ConvolutionPaths.ForwardByChannels(in g) && !ConvolutionPaths.ForwardByWinogradChannels(in g), $"{g}"));
        Assert.All(ByWinograd, g => Assert.True(ConvolutionPaths.ForwardByWinogradChannels(in g), $"{g}"));
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Channels_across_the_lanes_equal_the_naive_sum(string name)
    {
        foreach (ConvolutionCase item in ByChannels.Select(g => new ConvolutionCase(in g)))
        {
            double[] expected = item.Forward();
            float[] actual = Run(item, ConvolutionTests.Set(name), WorkerPool.Serial, ActivationKind.None);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.True(expected[i] == actual[i], $"{item}: element {i} is {actual[i]} and not {expected[i]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Channels_across_the_lanes_give_the_bits_of_unpacked_weights(string name)
    {
        foreach (ConvolutionCase item in ByChannels.Where(g => g.Batch < 16).Select(g => new ConvolutionCase(in g).WithFractions()))
        {
            KernelSet set = ConvolutionTests.Set(name);
            ConvolutionTests.AssertSameBits(item.RunForward(set, WorkerPool.Serial), Run(item, set, WorkerPool.Serial, ActivationKind.None), $"{item}");
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Winograd_s_filtering_of_few_samples_is_close_to_the_naive_sum(string name)
    {
        foreach (ConvolutionCase item in ByWinograd.Select(g => new ConvolutionCase(in g).WithFractions()))
        {
            double[] expected = item.Forward();
            float[] actual = Run(item, ConvolutionTests.Set(name), WorkerPool.Serial, ActivationKind.None);
            double scale = expected.Max(Math.Abs);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.True(Math.Abs(expected[i] - actual[i]) <= 4e-6 * scale, $"{item}: element {i} is {actual[i]} and not {expected[i]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_set_gives_the_bits_of_the_scalar_oracle_on_any_number_of_threads(string name)
    {
        using var two = new WorkerPool(2);
        using var five = new WorkerPool(5);
        foreach (ConvolutionCase item in ByChannels.Concat(ByWinograd).Select(g => new ConvolutionCase(in g).WithFractions()))
        {
            float[] expected = Run(item, KernelSet.Available[^1], WorkerPool.Serial, ActivationKind.Relu);
            foreach (WorkerPool workers in new[] { WorkerPool.Serial, two, five })
            {
                ConvolutionTests.AssertSameBits(expected, Run(item, ConvolutionTests.Set(name), workers, ActivationKind.Relu), $"{workers.ThreadCount} threads, {item}");
            }
        }
    }

    [Fact]
    public void A_fused_activation_gives_the_bits_of_a_separate_pass()
    {
        ConvolutionGeometry[] others =
        [
            Same with { Groups = 20, OutputChannels = 20, InputHeight = 6, InputWidth = 6 },
            Same with { Groups = 20, OutputChannels = 20, InputHeight = 30, InputWidth = 30 },
            Same with { InputChannels = 3, InputHeight = 20, InputWidth = 40, StrideHeight = 2, StrideWidth = 2 },
            Same with { KernelHeight = 1, KernelWidth = 1, PadTop = 0, PadLeft = 0, PadBottom = 0, PadRight = 0, InputHeight = 20, InputWidth = 20 },
            Same with { Batch = 17 },
            Same with { Groups = 4, OutputChannels = 8 },
        ];
        foreach (ConvolutionCase item in ByChannels.Concat(ByWinograd).Concat(others).Select(g => new ConvolutionCase(in g).WithFractions()))
        {
            foreach (ActivationKind activation in Enum.GetValues<ActivationKind>())
            {
                float[] expected = Run(item, KernelSet.Current, WorkerPool.Serial, ActivationKind.None);
                Activations.ApplyWhole<float>(activation, expected, WorkerPool.Serial);
                ConvolutionTests.AssertSameBits(expected, Run(item, KernelSet.Current, WorkerPool.Serial, activation), $"{activation}, {item}");
            }
        }
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_run()
    {
        using var pool = new WorkerPool(2);
        foreach (ConvolutionGeometry g in ByChannels.Concat(ByWinograd))
        {
            var item = new ConvolutionCase(in g);
            PackedConvolution packed = Convolution.Pack(in g, item.W);
            float[] y = new float[g.OutputLength];
            TestAllocations.AssertNone(() => Convolution.Forward(in g, item.X, packed, item.Bias, y, ActivationKind.Relu6, pool));
        }
    }

    private static float[] Run(ConvolutionCase item, KernelSet set, WorkerPool workers, ActivationKind activation)
    {
        ConvolutionGeometry g = item.Geometry;
        float[] y = new float[g.OutputLength];
        Array.Fill(y, float.NaN);
        Convolution.Forward(in g, item.X, Convolution.Pack(set, in g, item.W), item.Bias, y, activation, workers);
        return y;
    }
}
