using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class NameSuggestionTests
{
    [Theory]
    [InlineData("gte", "get", 1)]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("MNIST", "mnist", 0)]
    [InlineData("mnist", "fashion-mnist", 8)]
    public void Distance_counts_edits(string a, string b, int expected)
    {
        Assert.Equal(expected, NameSuggestion.Distance(a, b));
        Assert.Equal(expected, NameSuggestion.Distance(b, a));
    }

    [Theory]
    [InlineData("mnist-mpl", "mnist-mlp")]
    [InlineData("mnist", "mnist-mlp")]
    [InlineData("bike", "bike-sharing", false)]
    [InlineData("", "mnist-mlp", false)]
    public void The_nearest_is_suggested_unless_it_is_far(string name, string known, bool near = true) =>
        Assert.Equal(near ? known : null, NameSuggestion.Nearest(name, [known]));
}
