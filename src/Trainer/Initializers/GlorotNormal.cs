namespace Toolkit.Trainer.Initializers;

/// <summary>Normal cut at two standard deviations, of variance 2 / (fanIn + fanOut) after the cut.</summary>
/// <remarks>Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010.</remarks>
public sealed class GlorotNormal() : VarianceScaling(1, FanMode.FanAverage, VarianceDistribution.TruncatedNormal);
