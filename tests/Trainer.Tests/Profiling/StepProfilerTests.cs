using Toolkit.Numerics;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Profiling;

namespace Toolkit.Trainer.Tests.Profiling;

public class StepProfilerTests
{
    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void A_profile_lists_the_functions_of_a_step_with_their_multiply_adds()
    {
        var model = new Sequential(new Input(2, 6, 6), new Conv2D(3, 3, activation: "relu"), new Flatten(), new Dense(5));
        model.Compile(new Sgd(0.01), "mse", [], seed: 1);
        StepProfile profile = StepProfiler.Run(model, Data(20, [2, 6, 6], 5), new FitOptions { BatchSize = 8 }, Time);

        // [8,2,6,6] to [8,3,4,4] by 3x3, then 48 to 5.
        const long Conv = 8 * 3 * 16 * 2 * 9;
        const long Dense = 8 * 48 * 5;
        Assert.Equal(Conv, Of(profile, "Conv", false).MultiplyAdds);
        Assert.Equal(Conv, Of(profile, "Conv", true).MultiplyAdds);
        Assert.Equal(Dense, Of(profile, "Gemm", false).MultiplyAdds);
        Assert.Equal(2 * Dense, Of(profile, "Gemm", true).MultiplyAdds);
        Assert.Equal((2 * Conv) + (3 * Dense), profile.MultiplyAdds);
        Assert.All(profile.Functions, function => Assert.True(function.Microseconds >= 0));
        Assert.True(Of(profile, "Conv", true).Microseconds > 0);
        Assert.True(profile.Steps > 0);
        Assert.InRange(profile.ShareOfLimit, double.Epsilon, 1);
        Assert.Equal(8e6 / profile.StepMicroseconds, profile.SamplesPerSecond, 1e-9);
    }

    [Fact]
    public void A_step_as_long_as_an_epoch_is_timed()
    {
        var model = new Sequential(new Input(3), new Dense(2));
        model.Compile(new Sgd(0.01), "mse", [], seed: 1);

        StepProfile profile = StepProfiler.Run(model, Data(4, [3], 2), new FitOptions { BatchSize = 4 }, Time);

        Assert.InRange(profile.StepMicroseconds, 0.01, 10_000);
    }

    [Fact]
    public void A_cancelled_profile_ends()
    {
        var model = new Sequential(new Input(3), new Dense(2));
        model.Compile(new Sgd(0.01), "mse", [], seed: 1);

        Assert.Throws<OperationCanceledException>(() =>
            StepProfiler.Run(model, Data(4, [3], 2), new FitOptions { BatchSize = 4 }, TimeSpan.FromHours(1), new CancellationToken(canceled: true)));
    }

    private static FunctionProfile Of(StepProfile profile, string name, bool isBackward) =>
        Assert.Single(profile.Functions, function => function.Name == name && function.IsBackward == isBackward);

    private static TrainingData Data(int count, Shape sample, int targets)
    {
        var random = new CounterRandom(1, 2);
        var x = new Tensor<float>([count, .. sample.Dimensions]);
        random.FillUniform(x.Span);
        return new TrainingData(x, new Tensor<float>([count, targets]));
    }
}
