using Toolkit.Trainer.Schedules;

namespace Toolkit.Trainer.Optimizers;

/// <summary>
/// <see cref="Adam"/> with decoupled weight decay: w ← w − lr·λ·w before each update, so that the decay is not divided by the root mean square
/// as the gradient of an L2 penalty would be.
/// </summary>
/// <remarks>Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019; λ = 0.004 is Keras's default, 0.01 PyTorch's.</remarks>
public sealed class AdamW : Adam
{
    /// <summary>Makes the optimizer with the defaults of Keras 3.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="weightDecay">λ, 0 or more.</param>
    /// <param name="beta1">β₁ in [0, 1), the share of the mean gradient that is kept.</param>
    /// <param name="beta2">β₂ in [0, 1), the share of the mean square that is kept.</param>
    /// <param name="epsilon">ε, 0 or more.</param>
    /// <param name="amsgrad">Whether steps never grow again where the gradient shrinks (AMSGrad), which takes a state slot more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public AdamW(double learningRate = 1e-3, double weightDecay = 0.004, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, bool amsgrad = false)
        : base(learningRate, beta1, beta2, epsilon, amsgrad) => WeightDecay = weightDecay;

    /// <summary>Makes the optimizer with a learning rate that changes with the step; the decay follows it.</summary>
    /// <inheritdoc cref="AdamW(double, double, double, double, double, bool)"/>
    public AdamW(LearningRateSchedule learningRate, double weightDecay = 0.004, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, bool amsgrad = false)
        : base(learningRate, beta1, beta2, epsilon, amsgrad) => WeightDecay = weightDecay;

    /// <inheritdoc/>
    public override string Name => "adamw";
}
