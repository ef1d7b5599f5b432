namespace Toolkit.Trainer.Initializers;

/// <summary>Normal cut at two standard deviations, of variance 2 / fanIn after the cut: for layers that ReLU follows.</summary>
/// <remarks>He, Zhang, Ren and Sun, "Delving deep into rectifiers", ICCV 2015.</remarks>
public sealed class HeNormal() : VarianceScaling(2, FanMode.FanIn, VarianceDistribution.TruncatedNormal);
