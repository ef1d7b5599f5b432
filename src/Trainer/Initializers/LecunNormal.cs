namespace Toolkit.Trainer.Initializers;

/// <summary>Normal cut at two standard deviations, of variance 1 / fanIn after the cut: for layers that SELU follows.</summary>
/// <remarks>LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998.</remarks>
public sealed class LecunNormal() : VarianceScaling(1, FanMode.FanIn, VarianceDistribution.TruncatedNormal);
