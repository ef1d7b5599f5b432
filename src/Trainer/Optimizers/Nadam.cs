using System.Runtime.CompilerServices;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Schedules;

namespace Toolkit.Trainer.Optimizers;

/// <summary>
/// Adam with Nesterov's look ahead. Keras's form, in step t = 1, 2, …, with a momentum that warms up, uₜ = β₁·(1 − 0.96ᵗ / 2), and the product
/// Uₜ = u₁·u₂·…·uₜ:
/// <code>
/// m ← m + (1 − β₁)·(g − m)
/// v ← v + (1 − β₂)·(g² − v)
/// m̂ = uₜ₊₁·m / (1 − Uₜ·uₜ₊₁) + (1 − uₜ)·g / (1 − Uₜ)
/// w ← w − lr·m̂ / (√(v / (1 − β₂ᵗ)) + ε)
/// </code>
/// </summary>
/// <remarks>Dozat, "Incorporating Nesterov momentum into Adam", 2015; the warming as in Keras (keras/src/optimizers/nadam.py).</remarks>
public sealed class Nadam : Optimizer
{
    private const double WarmUp = 0.96;
    private const string ProductKey = "momentum_product";

    private double _product = 1;

    /// <summary>Makes the optimizer with the defaults of Keras 3.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="beta1">β₁ in [0, 1), the share of the mean gradient that is kept.</param>
    /// <param name="beta2">β₂ in [0, 1), the share of the mean square that is kept.</param>
    /// <param name="epsilon">ε, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Nadam(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
        : base(learningRate)
    {
        Beta1 = Require(beta1 is >= 0 and < 1, beta1, "0 or more and below 1", nameof(beta1));
        Beta2 = Require(beta2 is >= 0 and < 1, beta2, "0 or more and below 1", nameof(beta2));
        Epsilon = Require(epsilon >= 0, epsilon, "0 or more", nameof(epsilon));
    }

    /// <summary>Makes the optimizer with a learning rate that changes with the step.</summary>
    /// <inheritdoc cref="Nadam(double, double, double, double)"/>
    public Nadam(LearningRateSchedule learningRate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7)
        : this(RateOf(learningRate), beta1, beta2, epsilon) => Schedule = learningRate;

    /// <inheritdoc/>
    public override string Name => "nadam";

    /// <summary>β₁, the share of the mean gradient that is kept.</summary>
    public double Beta1 { get; }

    /// <summary>β₂, the share of the mean square that is kept.</summary>
    public double Beta2 { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override int SlotCount => 2;

    private protected override string NameOfSlot(int slot) => slot == 0 ? "momentum" : "velocity";

    private protected override void AddState(Dictionary<string, double> state) => state[ProductKey] = _product;

    private protected override void TakeState(IReadOnlyDictionary<string, double> state)
    {
        double product = Entry(state, ProductKey);
        _product = Require(product is >= 0 and <= 1, product, "0 to 1", ProductKey);
    }

    private protected override void Update(ParameterBlock block, double learningRate)
    {
        double momentum = MomentumAt(Iterations);
        double next = MomentumAt(Iterations + 1);
        _product *= momentum;
        block.Apply(new Rule(
            (float)(learningRate * next / (1 - (_product * next))),
            (float)(learningRate * (1 - momentum) / (1 - _product)),
            (float)(1 / (1 - Math.Pow(Beta2, Iterations))),
            (float)(1 - Beta1),
            (float)(1 - Beta2),
            (float)Epsilon));
    }

    private double MomentumAt(long step) => Beta1 * (1 - (0.5 * Math.Pow(WarmUp, step)));

    /// <summary>m and v as Adam's,  w ← w − (a·m + b·g) / (√(c·v) + ε).</summary>
    private readonly struct Rule(float meanRate, float gradientRate, float squareCorrection, float oneMinusBeta1, float oneMinusBeta2, float epsilon) : IUpdateRule
    {
        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes>
        {
            slot0 = TLanes.MultiplyAdd(TLanes.Broadcast(oneMinusBeta1), gradient - slot0, slot0);
            slot1 = TLanes.MultiplyAdd(TLanes.Broadcast(oneMinusBeta2), Subnormal.Square(gradient) - slot1, slot1);
            TLanes ahead = TLanes.MultiplyAdd(TLanes.Broadcast(meanRate), slot0, TLanes.Broadcast(gradientRate) * gradient);
            parameter -= ahead / (TLanes.Sqrt(TLanes.Broadcast(squareCorrection) * slot1) + TLanes.Broadcast(epsilon));
        }
    }
}
