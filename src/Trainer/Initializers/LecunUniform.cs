namespace Toolkit.Trainer.Initializers;

/// <summary>Uniform in ±√(3 / fanIn).</summary>
/// <remarks>LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998.</remarks>
public sealed class LecunUniform() : VarianceScaling(1, FanMode.FanIn, VarianceDistribution.Uniform);
