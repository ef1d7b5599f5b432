namespace Toolkit.Trainer.Layers;

/// <summary>Checks of filters and groups.</summary>
internal static class ConvolutionChannels
{
    /// <summary>The filters, if there are some and the groups divide them.</summary>
    public static int CheckFilters(string layer, int filters, int groups)
    {
        if (filters < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(filters), $"{layer}: expected 1 filter or more, got {filters}.");
        }

        return groups >= 1 && filters % groups == 0
            ? filters
            : throw new ArgumentOutOfRangeException(nameof(groups), $"{layer}: expected groups that divide {filters} filters, got {groups}.");
    }

    /// <summary>The input channels of a group.</summary>
    public static int PerGroup(string name, int channels, int groups) => channels % groups == 0
        ? channels / groups
        : throw new ArgumentException($"Layer '{name}': expected input channels that divide into {groups} groups, got {channels}.");

    /// <summary>The multiplier, if it is at least 1.</summary>
    public static int CheckMultiplier(string layer, int depthMultiplier) => depthMultiplier >= 1
        ? depthMultiplier
        : throw new ArgumentOutOfRangeException(nameof(depthMultiplier), $"{layer}: expected a depth multiplier of 1 or more, got {depthMultiplier}.");
}
