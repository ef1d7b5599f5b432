using System.Runtime.CompilerServices;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Schedules;

namespace Toolkit.Trainer.Optimizers;

/// <summary>
/// Adam with the greatest gradient of late in place of the root mean square. Keras's form, in step t = 1, 2, …:
/// <code>
/// m ← m + (1 − β₁)·(g − m)
/// u ← max(β₂·u, |g|)
/// w ← w − lr / (1 − β₁ᵗ) · m / (u + ε)
/// </code>
/// </summary>
/// <remarks>Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, section 7.1.</remarks>
public sealed class Adamax : Optimizer
{
    /// <summary>Makes the optimizer with the defaults of Keras 3.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="beta1">β₁ in [0, 1), the share of the mean gradient that is kept.</param>
    /// <param name="beta2">β₂ in [0, 1), the share of the greatest gradient that is kept.</param>
    /// <param name="epsilon">ε, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Adamax(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
        : base(learningRate)
    {
        Beta1 = Require(beta1 is >= 0 and < 1, beta1, "0 or more and below 1", nameof(beta1));
        Beta2 = Require(beta2 is >= 0 and < 1, beta2, "0 or more and below 1", nameof(beta2));
        Epsilon = Require(epsilon >= 0, epsilon, "0 or more", nameof(epsilon));
    }

    /// <summary>Makes the optimizer with a learning rate that changes with the step.</summary>
    /// <inheritdoc cref="Adamax(double, double, double, double)"/>
    public Adamax(LearningRateSchedule learningRate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
        : this(RateOf(learningRate), beta1, beta2, epsilon) => Schedule = learningRate;

    /// <inheritdoc/>
    public override string Name => "adamax";

    /// <summary>β₁, the share of the mean gradient that is kept.</summary>
    public double Beta1 { get; }

    /// <summary>β₂, the share of the greatest gradient that is kept.</summary>
    public double Beta2 { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override int SlotCount => 2;

    private protected override string NameOfSlot(int slot) => slot == 0 ? "momentum" : "norm";

    private protected override void Update(ParameterBlock block, double learningRate)
    {
        double rate = learningRate / (1 - Math.Pow(Beta1, Iterations));
        block.Apply(new Rule((float)rate, (float)(1 - Beta1), (float)Beta2, (float)Epsilon));
    }

    /// <summary>m ← m + (1 − β₁)·(g − m),  u ← max(β₂·u, |g|),  w ← w − α·m / (u + ε).</summary>
    private readonly struct Rule(float rate, float oneMinusBeta1, float beta2, float epsilon) : IUpdateRule
    {
        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes>
        {
            slot0 = TLanes.MultiplyAdd(TLanes.Broadcast(oneMinusBeta1), gradient - slot0, slot0);
            slot1 = TLanes.Max(TLanes.Broadcast(beta2) * slot1, TLanes.Abs(gradient));
            parameter -= TLanes.Broadcast(rate) * slot0 / (slot1 + TLanes.Broadcast(epsilon));
        }
    }
}
