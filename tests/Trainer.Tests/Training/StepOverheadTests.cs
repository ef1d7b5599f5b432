using System.Diagnostics;
using Toolkit.Numerics;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests.Training;

public class StepOverheadTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_step_with_next_to_no_maths_takes_a_few_microseconds_at_most(int threads)
    {
        const int Steps = 500;
        var x = new Tensor<float>([Steps, 1]);
        var model = new Sequential(new Input(1), new Dense(1)) { Threads = threads };
        model.Compile(new Sgd(0.01), "mse");
        long begin = 0;
        long least = long.MaxValue;
        var clock = new LambdaCallback
        {
            BatchEnd = (_, step) =>
            {
                long now = Stopwatch.GetTimestamp();
                least = step == Steps - 1 ? Math.Min(least, now - begin) : least;
                begin = step == 0 ? now : begin;
            },
        };

        // The shortest of many epochs: the processor is elsewhere in some, and the first wait for compiled code.
        model.Fit(new TrainingData(x, x), new FitOptions { Epochs = 400, BatchSize = 1, Verbose = 0, Callbacks = [clock] });

        Assert.InRange(least * 1e6 / Stopwatch.Frequency / (Steps - 1), 0, 5);
    }
}
