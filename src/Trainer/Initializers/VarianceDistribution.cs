namespace Toolkit.Trainer.Initializers;

/// <summary>What <see cref="VarianceScaling"/> draws from.</summary>
public enum VarianceDistribution
{
    /// <summary>Normal cut at two standard deviations, widened so that the variance after the cut is the one asked for.</summary>
    TruncatedNormal,

    /// <summary>Normal.</summary>
    UntruncatedNormal,

    /// <summary>Uniform in ±√(3·variance).</summary>
    Uniform,
}
