using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels.Conv;

public sealed class ConvolutionBackwardTests
{
    public static TheoryData<string, ActivationKind> SetsAndActivations()
    {
        var data = new TheoryData<string, ActivationKind>();
        foreach (KernelSet set in KernelSet.Available)
        {
            foreach (ActivationKind activation in Enum.GetValues<ActivationKind>().Where(Activations.HasGradient))
            {
                data.Add(set.Name, activation);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(SetsAndActivations))]
    public void Gradients_together_have_the_bits_of_those_one_by_one(string name, ActivationKind activation)
    {
        KernelSet set = ConvolutionTests.Set(name);
        using var pool = new WorkerPool(2);
        foreach (ConvolutionCase item in ConvolutionTests.Larger().Select(item => item.WithFractions()))
        {
            float[] y = item.RunForward(set, pool, activation);
            float[] dz = GradientBefore(activation, y, item.Dy);
            ConvolutionCase before = item.WithOutputGradient(dz);
            (float[] dx, float[] dw, float[] db, _) = item.RunBackward(set, pool, y, activation);
            ConvolutionTests.AssertSameBits(before.RunBackwardInput(set, pool), dx, $"dx of {item}");
            ConvolutionTests.AssertSameBits(before.RunBackwardWeights(set, pool), dw, $"dw of {item}");
            AssertClose(BiasGradient(item, dz), db, $"db of {item}");
        }
    }

    [Theory]
    [MemberData(nameof(SetsAndActivations))]
    public void A_gradient_has_the_same_bits_whatever_others_are_needed(string name, ActivationKind activation)
    {
        KernelSet set = ConvolutionTests.Set(name);
        foreach (ConvolutionCase item in ConvolutionTests.Larger().Select(item => item.WithFractions()))
        {
            float[] y = item.RunForward(set, WorkerPool.Serial, activation);
            (float[] dx, float[] dw, float[] db, _) = item.RunBackward(set, WorkerPool.Serial, y, activation);
            ConvolutionTests.AssertSameBits(dx, item.RunBackward(set, WorkerPool.Serial, y, activation, needsDw: false, needsDb: false).Dx, $"dx alone of {item}");
            ConvolutionTests.AssertSameBits(dw, item.RunBackward(set, WorkerPool.Serial, y, activation, needsDx: false, needsDb: false).Dw, $"dw alone of {item}");
            ConvolutionTests.AssertSameBits(db, item.RunBackward(set, WorkerPool.Serial, y, activation, needsDx: false, needsDw: false).Db, $"db alone of {item}");
            ConvolutionTests.AssertSameBits(db, item.RunBackward(set, WorkerPool.Serial, y, activation, needsDx: false).Db, $"db of the first layer of {item}");
        }
    }

    [Fact]
    public void Gradients_are_added_where_that_is_asked_for()
    {
        foreach (ConvolutionCase item in ConvolutionTests.Larger())
        {
            (float[] dx, float[] dw, float[] db, _) = item.RunBackward(KernelSet.Current, WorkerPool.Serial, item.Dy, ActivationKind.Relu);
            float[] expected = [.. Added(dx, item), .. Added(dw, item), .. Added(db, item)];
            Assert.Equal(expected, item.RunBackward(KernelSet.Current, WorkerPool.Serial, item.Dy, ActivationKind.Relu, accumulate: true).All);
        }
    }

    [Fact]
    public void A_gradient_of_a_wrong_length_is_refused()
    {
        var g = new ConvolutionGeometry { Batch = 2, InputChannels = 1, InputHeight = 4, InputWidth = 4, OutputChannels = 3, KernelHeight = 3, KernelWidth = 3 };
        var item = new ConvolutionCase(in g);
        Assert.Throws<ArgumentException>(() => Convolution.Backward(
            in g, new ConvolutionGradients<float> { X = item.X, W = item.W, Dy = item.Dy, Dw = new float[g.WeightLength + 1] }, WorkerPool.Serial));
        Assert.Throws<ArgumentException>(() => Convolution.Backward(
            in g, new ConvolutionGradients<float> { X = item.X, W = item.W, Y = item.Dy, Dy = item.Dy, Activation = ActivationKind.Relu, Dw = item.W }, WorkerPool.Serial));
    }

    private static float[] Added(float[] gradient, ConvolutionCase item) => [.. gradient.Select((value, i) => value + item.Before[i])];

    private static float[] GradientBefore(ActivationKind activation, float[] y, float[] dy)
    {
        float[] dz = [.. dy];
        switch (activation)
        {
            case ActivationKind.Relu:
                ElementWise.UnaryBackward<Relu, float>(default, y, y, dy, dz, WorkerPool.Serial);
                break;
            case ActivationKind.Sigmoid:
                ElementWise.UnaryBackward<Sigmoid, float>(default, y, y, dy, dz, WorkerPool.Serial);
                break;
            case ActivationKind.Tanh:
                ElementWise.UnaryBackward<HyperbolicTangent, float>(default, y, y, dy, dz, WorkerPool.Serial);
                break;
            default:
                break;
        }

        return dz;
    }

    private static double[] BiasGradient(ConvolutionCase item, float[] dz)
    {
        double[] db = new double[item.Geometry.OutputChannels];
        for (int i = 0; i < dz.Length; i++)
        {
            db[i / item.Geometry.OutputArea % db.Length] += dz[i];
        }

        return db;
    }

    private static void AssertClose(double[] expected, float[] actual, string what)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5 * (1 + Math.Abs(expected[i])), $"{what}: element {i} is {actual[i]} and not {expected[i]}");
        }
    }
}
