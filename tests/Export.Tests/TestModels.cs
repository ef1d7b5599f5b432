using Toolkit.Numerics;
using Toolkit.Trainer;
using Toolkit.Trainer.Layers;

namespace Toolkit.Export.Tests;

/// <summary>Small built models and samples for them.</summary>
internal static class TestModels
{
    /// <summary>[N,1,4,4] -> flatten -> dense 5 relu -> dropout -> dense 3 softmax.</summary>
    public static Sequential Classifier()
    {
        var model = new Sequential(
            new Flatten(),
            new Dense(5, Activation.Relu, name: "hidden"),
            new Dropout(0.5),
            new Dense(3, Activation.Softmax, name: "classes"));
        model.Build([1, 4, 4]);
        return model;
    }

    public static Tensor<float> Samples(int count, params int[] shape)
    {
        var samples = new Tensor<float>([count, .. shape]);
        var random = new CounterRandom(7, 0);
        foreach (ref float value in samples.Span)
        {
            value = random.NextSingle();
        }

        return samples;
    }
}
