using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Regularizers;

namespace Toolkit.Trainer.Layers;

/// <summary>What the constructors of all convolution layers pass on.</summary>
internal readonly record struct ConvolutionSettings(
    Size2D KernelSize,
    Size2D Strides,
    Padding Padding,
    Size2D DilationRate,
    Activation? Activation,
    bool UseBias,
    Initializer? KernelInitializer,
    Initializer? BiasInitializer,
    Regularizer? KernelRegularizer,
    Regularizer? BiasRegularizer);
