using Toolkit.EdgeRuntime.Operators;

namespace Toolkit.EdgeRuntime.Tests.Operators;

public sealed class PairwiseProbabilitiesTests
{
    [Theory]
    [InlineData(0.7, 0.3)]
    [InlineData(0.2, 0.3, 0.5)]
    [InlineData(0.1, 0.15, 0.05, 0.6, 0.1)]
    public void Pairs_that_agree_give_the_probabilities_that_they_come_from(params double[] expected)
    {
        int count = expected.Length;
        double[] pairs = [.. Enumerable.Range(0, count * count).Select(i => expected[i / count] / (expected[i / count] + expected[i % count]))];
        var actual = new double[count];
        PairwiseProbabilities.Run(pairs, actual, new double[PairwiseProbabilities.ScratchLength(count)]);
        Assert.Equal(1, actual.Sum(), 1e-9);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(expected[i], actual[i], 0.01);
        }
    }
}
