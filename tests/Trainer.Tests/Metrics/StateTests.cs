using Toolkit.Trainer.Checkpoints;
using Toolkit.Trainer.Metrics;

namespace Toolkit.Trainer.Tests.Metrics;

public class StateTests
{
    private static readonly float[] Predictions = [0.9f, 0.2f, 0.4f, 0.7f, 0.1f, 0.6f];
    private static readonly float[] Targets = [1, 0, 0, 1, 1, 0];

    /// <summary>Every metric of the library by its type.</summary>
    public static TheoryData<string> All => [.. typeof(Metric).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Metric)) && !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_metric_goes_on_from_its_saved_state_to_the_bit(string type)
    {
        Metric whole = Make(type);
        Metric first = Make(type);
        Metric second = Make(type);
        var state = new SavedState();
        int columns = type is nameof(SparseCategoricalAccuracy) or nameof(TopKAccuracy) ? 3 : 1;

        Update(whole, 0, columns);
        Update(whole, 1, columns);
        Update(first, 0, columns);
        first.SaveState(state);
        second.RestoreState(state);
        Update(second, 1, columns);

        Assert.False(double.IsNaN(whole.Result));
        Assert.Equal(BitConverter.DoubleToInt64Bits(whole.Result), BitConverter.DoubleToInt64Bits(second.Result));
        var after = new SavedState();
        var expected = new SavedState();
        second.SaveState(after);
        whole.SaveState(expected);
        Assert.Equal(expected.Names, after.Names);
    }

    [Fact]
    public void State_of_another_size_is_refused()
    {
        var state = new SavedState();
        new AreaUnderRoc(10).SaveState(state);

        Assert.Throws<CheckpointException>(() => new AreaUnderRoc(20).RestoreState(state));
        Assert.Throws<CheckpointException>(() => new Accuracy().RestoreState(state));
    }

    private static Metric Make(string type) => (Metric)Activator.CreateInstance(
        typeof(Metric).Assembly.GetType($"Toolkit.Trainer.Metrics.{type}")!,
        [.. typeof(Metric).Assembly.GetType($"Toolkit.Trainer.Metrics.{type}")!.GetConstructors()[0].GetParameters().Select(parameter => parameter.DefaultValue)])!;

    /// <summary>Adds the first third of the samples, or the rest.</summary>
    private static void Update(Metric metric, int part, int columns)
    {
        int samples = Predictions.Length / columns;
        (int start, int end) = part == 0 ? (0, (samples + 2) / 3) : ((samples + 2) / 3, samples);
        metric.Update(Predictions.AsSpan()[(start * columns)..(end * columns)], Targets.AsSpan()[start..end], end - start, columns, 1);
    }
}
