namespace Toolkit.EdgeRuntime.Text;

/// <summary>The steps at which a regular expression may stand, ascending, and what the character before was.</summary>
internal readonly struct RegexState(int[] steps, int before) : IEquatable<RegexState>
{
    /// <summary>The steps.</summary>
    public int[] Steps { get; } = steps;

    /// <summary>What the character before was, where conditions ask.</summary>
    public int Before { get; } = before;

    /// <inheritdoc/>
    public bool Equals(RegexState other) => Before == other.Before && Steps.AsSpan().SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RegexState other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Before);
        foreach (int step in Steps)
        {
            hash.Add(step);
        }

        return hash.ToHashCode();
    }
}
