using Toolkit.Numerics;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Tests.Layers;

public class ConvolutionTrainingTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(20)]
    public void The_number_of_threads_does_not_change_a_bit(int batchSize)
    {
        float[] one = Weights(Trained(batchSize, threads: 1));

        Assert.Equal(one, Weights(Trained(batchSize, threads: 2)));
        Assert.Equal(one, Weights(Trained(batchSize, threads: 3)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_step_allocates_nothing(int threads)
    {
        Sequential model = Trained(batchSize: 22, threads);
        (Tensor<float> x, Tensor<float> y) = Data();
        long mark = 0;
        var allocated = new long[8];
        int count = 0;
        var meter = new LambdaCallback
        {
            BatchEnd = (run, step) =>
            {
                // An epoch's begin and end may allocate, its second step may not.
                if (step > 0)
                {
                    allocated[count++] = GC.GetAllocatedBytesForCurrentThread() - mark;
                }

                mark = GC.GetAllocatedBytesForCurrentThread();
            },
        };

        model.Fit(x, y, epochs: 6, batchSize: 22, callbacks: [meter], verbose: 0);

        Assert.Equal(6, count);
        Assert.All(allocated[3..6], bytes => Assert.Equal(0, bytes));
    }

    private static Sequential Trained(int batchSize, int threads)
    {
        var model = new Sequential(
            new Conv2D(8, 3, padding: "same", activation: "relu", inputShape: [2, 12, 11]),
            new Conv2D(16, 3, 2, activation: "tanh"),
            new SeparableConv2D(12, 3, padding: "same", activation: "relu"),
            new Conv2DTranspose(4, 3, 2, activation: "relu"),
            new Flatten(),
            new Dense(3, "softmax"))
        {
            Threads = threads,
        };
        model.Compile("rmsprop", "categorical_crossentropy");
        (Tensor<float> x, Tensor<float> y) = Data();
        model.Fit(x, y, epochs: 2, batchSize: batchSize, verbose: 0);
        return model;
    }

    private static float[] Weights(Sequential model) => [.. model.Parameters.SelectMany(parameter => parameter.Value.ToArray())];

    private static (Tensor<float> X, Tensor<float> Y) Data()
    {
        var x = new Tensor<float>([44, 2, 12, 11]);
        new CounterRandom(4, 1).FillNormal(x.Span);
        var y = new Tensor<float>([44, 3]);
        for (int n = 0; n < 44; n++)
        {
            y.Span[(3 * n) + (n % 3)] = 1;
        }

        return (x, y);
    }
}
