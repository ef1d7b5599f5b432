using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public sealed class KernelSetTests
{
    [Fact]
    public void The_scalar_oracle_is_always_there_and_last() => Assert.Equal("scalar", KernelSet.Available[^1].Name);

    [Fact]
    public void Sets_are_listed_fastest_first() =>
        Assert.Equal(KernelSet.Available.OrderByDescending(set => set.Level), KernelSet.Available);

    [Fact]
    public void The_current_set_is_the_one_that_the_variable_names_or_an_available_one()
    {
        string? forced = Environment.GetEnvironmentVariable(KernelSet.Variable);
        Assert.Contains(KernelSet.Current, KernelSet.Available);
        Assert.Equal(KernelSet.Current.Level, KernelSet.CurrentLevel);
        if (!string.IsNullOrEmpty(forced))
        {
            Assert.Equal(forced, KernelSet.Current.Name);
        }
    }

    [Fact]
    public void Every_available_set_can_be_forced_by_its_name()
    {
        foreach (KernelSet set in KernelSet.Available)
        {
            Assert.Same(set, KernelSet.Select(KernelSet.Available, set.Name.ToUpperInvariant(), out string? error));
            Assert.Null(error);
        }
    }

    [Theory]
    [InlineData("sse9")]
    [InlineData("avx")]
    public void A_set_that_is_not_there_is_an_error_with_the_value_the_sets_and_the_variable(string name)
    {
        Assert.Null(KernelSet.Select(KernelSet.Available, name, out string? error));
        Assert.Contains($"'{name}'", error, StringComparison.Ordinal);
        Assert.Contains("scalar", error, StringComparison.Ordinal);
        Assert.Contains("TOOLKIT_KERNELS", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_known_set_that_the_machine_lacks_is_an_error()
    {
        KernelSet[] scalarOnly = [KernelSet.Available[^1]];
        Assert.Null(KernelSet.Select(scalarOnly, "avx512", out string? error));
        Assert.Contains("(scalar)", error, StringComparison.Ordinal);
    }
}
