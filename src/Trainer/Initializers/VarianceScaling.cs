using Toolkit.Numerics;

namespace Toolkit.Trainer.Initializers;

/// <summary>
/// Mean 0 and variance scale / max(1, n), where n is fan-in, fan-out or their mean: the family that Glorot's, He's and LeCun's initializers
/// belong to.
/// <code>
/// truncated normal:    σ = √variance / 0.87962566103423978, cut at 2σ
/// untruncated normal:  σ = √variance
/// uniform:             ±√(3·variance)
/// </code>
/// </summary>
public class VarianceScaling : Initializer
{
    /// <summary>Makes the initializer with Keras's defaults.</summary>
    /// <param name="scale">The scale, above 0.</param>
    /// <param name="mode">What n is.</param>
    /// <param name="distribution">What to draw from.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not above 0.</exception>
    public VarianceScaling(double scale = 1, FanMode mode = FanMode.FanIn, VarianceDistribution distribution = VarianceDistribution.TruncatedNormal)
    {
        Scale = Require(scale > 0, scale, "above 0", nameof(scale));
        Mode = mode;
        Distribution = distribution;
    }

    /// <summary>The scale.</summary>
    public double Scale { get; }

    /// <summary>What n is.</summary>
    public FanMode Mode { get; }

    /// <summary>What is drawn from.</summary>
    public VarianceDistribution Distribution { get; }

    /// <summary>The variance for a shape.</summary>
    public double VarianceFor(Shape shape)
    {
        Fans fans = Fans.Of(shape);
        double n = Mode switch
        {
            FanMode.FanIn => fans.In,
            FanMode.FanOut => fans.Out,
            _ => ((double)fans.In + fans.Out) / 2,
        };
        return Scale / Math.Max(1, n);
    }

    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, CounterRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        CheckLength(values, shape);
        double variance = VarianceFor(shape);
        switch (Distribution)
        {
            case VarianceDistribution.TruncatedNormal:
                TruncatedNormal.Fill(values, 0, Math.Sqrt(variance) / TruncatedNormal.RemainingDeviation, random);
                break;
            case VarianceDistribution.UntruncatedNormal:
                RandomNormal.Fill(values, 0, Math.Sqrt(variance), random);
                break;
            default:
                double limit = Math.Sqrt(3 * variance);
                RandomUniform.Fill(values, -limit, limit, random);
                break;
        }
    }
}
