using System.Runtime.CompilerServices;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Schedules;

namespace Toolkit.Trainer.Optimizers;

/// <summary>
/// Running means of the gradient and its square, corrected for their start from zero. Keras's form, in step t = 1, 2, …:
/// <code>
/// α = lr · √(1 − β₂ᵗ) / (1 − β₁ᵗ)
/// m ← m + (1 − β₁)·(g − m)
/// v ← v + (1 − β₂)·(g² − v)
/// w ← w − α·m / (√v + ε)
/// AMSGrad:  v̂ ← max(v̂, v),  w ← w − α·m / (√v̂ + ε)
/// </code>
/// ε stands beside the uncorrected √v, the paper's ε̂; PyTorch adds it after the correction, so the same number means less there.
/// </summary>
/// <remarks>
/// Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, section 2, last paragraph; Reddi, Kale and Kumar, "On the convergence
/// of Adam and beyond", ICLR 2018.
/// </remarks>
public class Adam : Optimizer
{
    /// <summary>Makes the optimizer with the defaults of Keras 3.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="beta1">β₁ in [0, 1), the share of the mean gradient that is kept.</param>
    /// <param name="beta2">β₂ in [0, 1), the share of the mean square that is kept.</param>
    /// <param name="epsilon">ε, 0 or more.</param>
    /// <param name="amsgrad">Whether steps never grow again where the gradient shrinks (AMSGrad), which takes a state slot more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Adam(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, bool amsgrad = false)
        : base(learningRate)
    {
        Beta1 = Require(beta1 is >= 0 and < 1, beta1, "0 or more and below 1", nameof(beta1));
        Beta2 = Require(beta2 is >= 0 and < 1, beta2, "0 or more and below 1", nameof(beta2));
        Epsilon = Require(epsilon >= 0, epsilon, "0 or more", nameof(epsilon));
        AmsGrad = amsgrad;
    }

    /// <summary>Makes the optimizer with a learning rate that changes with the step.</summary>
    /// <inheritdoc cref="Adam(double, double, double, double, bool)"/>
    public Adam(LearningRateSchedule learningRate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, bool amsgrad = false)
        : this(RateOf(learningRate), beta1, beta2, epsilon, amsgrad) => Schedule = learningRate;

    /// <inheritdoc/>
    public override string Name => "adam";

    /// <summary>β₁, the share of the mean gradient that is kept.</summary>
    public double Beta1 { get; }

    /// <summary>β₂, the share of the mean square that is kept.</summary>
    public double Beta2 { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>Whether the greatest mean square so far divides.</summary>
    public bool AmsGrad { get; }

    /// <inheritdoc/>
    public override int SlotCount => AmsGrad ? 3 : 2;

    /// <summary>Adam as Keras 2.0.8 had it (keras/optimizers.py): the same rule with ε = 1e-8.</summary>
    public static Adam Keras2(double learningRate = 1e-3) => new(learningRate, epsilon: 1e-8);

    private protected override string NameOfSlot(int slot) => slot switch
    {
        0 => "momentum",
        1 => "velocity",
        _ => "velocity_hat",
    };

    private protected override void Update(ParameterBlock block, double learningRate)
    {
        // In double: in float 1 - 0.999 already has an error of 1e-5, which the first steps would show.
        double rate = learningRate * Math.Sqrt(1 - Math.Pow(Beta2, Iterations)) / (1 - Math.Pow(Beta1, Iterations));
        var rule = new Rule((float)rate, (float)(1 - Beta1), (float)(1 - Beta2), (float)Epsilon);
        if (AmsGrad)
        {
            block.Apply(new AmsGradRule(rule));
        }
        else
        {
            block.Apply(rule);
        }
    }

    /// <summary>m ← m + (1 − β₁)·(g − m),  v ← v + (1 − β₂)·(g² − v),  w ← w − α·m / (√v + ε).</summary>
    private readonly struct Rule(float rate, float oneMinusBeta1, float oneMinusBeta2, float epsilon) : IUpdateRule
    {
        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes>
        {
            UpdateMeans(gradient, ref slot0, ref slot1);
            parameter -= Increment(slot0, slot1);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void UpdateMeans<TLanes>(TLanes gradient, ref TLanes mean, ref TLanes meanSquare)
            where TLanes : struct, ILanes<TLanes>
        {
            mean = TLanes.MultiplyAdd(TLanes.Broadcast(oneMinusBeta1), gradient - mean, mean);
            meanSquare = TLanes.MultiplyAdd(TLanes.Broadcast(oneMinusBeta2), Subnormal.Square(gradient) - meanSquare, meanSquare);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Increment<TLanes>(TLanes mean, TLanes square)
            where TLanes : struct, ILanes<TLanes> => TLanes.Broadcast(rate) * mean / (TLanes.Sqrt(square) + TLanes.Broadcast(epsilon));
    }

    /// <summary>m and v as above,  v̂ ← max(v̂, v),  w ← w − α·m / (√v̂ + ε).</summary>
    private readonly struct AmsGradRule(Rule plain) : IUpdateRule
    {
        public static int SlotCount => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes>
        {
            plain.UpdateMeans(gradient, ref slot0, ref slot1);
            slot2 = TLanes.Max(slot2, slot1);
            parameter -= plain.Increment(slot0, slot2);
        }
    }
}
