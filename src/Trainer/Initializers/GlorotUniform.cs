namespace Toolkit.Trainer.Initializers;

/// <summary>Uniform in ±√(6 / (fanIn + fanOut)): Keras's default for dense and convolution kernels.</summary>
/// <remarks>Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010.</remarks>
public sealed class GlorotUniform() : VarianceScaling(1, FanMode.FanAverage, VarianceDistribution.Uniform);
