namespace Toolkit.Trainer.Initializers;

/// <summary>Uniform in ±√(6 / fanIn): for layers that ReLU follows.</summary>
/// <remarks>He, Zhang, Ren and Sun, "Delving deep into rectifiers", ICCV 2015.</remarks>
public sealed class HeUniform() : VarianceScaling(2, FanMode.FanIn, VarianceDistribution.Uniform);
