using Xunit.Abstractions;

namespace Toolkit.Fuzz.Tests;

public sealed class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void Mutated_models_and_inputs_give_results_or_typed_exceptions() => Run(2_000, TimeSpan.FromSeconds(20));

    [Fact]
    [Trait("Category", "Long")]
    public void Twenty_thousand_mutated_models_and_inputs_give_results_or_typed_exceptions() => Run(20_000, TimeSpan.FromSeconds(60));

    [Fact]
    public void A_case_is_the_same_each_time_and_another_for_another_seed()
    {
        IReadOnlyList<FuzzSeed> seeds = FuzzSeeds.Collect(null);
        var runner = new FuzzRunner(seeds, 3);
        Assert.Equal(runner.ModelOf(17), new FuzzRunner(seeds, 3).ModelOf(17));
        Assert.Contains(Enumerable.Range(0, 10), number => !runner.ModelOf(number).AsSpan().SequenceEqual(new FuzzRunner(seeds, 4).ModelOf(number)));
    }

    private void Run(long cases, TimeSpan time)
    {
        IReadOnlyList<FuzzSeed> seeds = FuzzSeeds.Collect(Environment.GetEnvironmentVariable("TOOLKIT_ONNX_TESTS"));
        Assert.True(seeds.Count >= 50, $"{seeds.Count} seeds");
        const int Seed = 20;
        var campaign = new Campaign(new FuzzRunner(seeds, Seed));
        campaign.Run(0, cases, time);
        output.WriteLine($"{seeds.Count} seeds. {campaign}");
        Assert.True(campaign.Findings.Count == 0, string.Join(Environment.NewLine, campaign.Findings.Select(pair => $"{pair.Count} x {pair.First.Details}")));
        Assert.True(campaign.CountOf(FuzzResult.Ran) * 20 > campaign.Count, $"Too few models survive their mutation to find anything. {campaign}");
    }
}
