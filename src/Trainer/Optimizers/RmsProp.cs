using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Optimizers;

/// <summary>
/// The gradient divided by a running root mean square of itself, with momentum if asked.
/// <code>
/// v ← ρ·v + (1 − ρ)·g²
/// d = g / √(v + ε)   inside,   or   g / (√v + ε)   outside
/// μ = 0:  w ← w − lr·d
/// μ &gt; 0:  m ← μ·m + lr·d,  w ← w − m
/// </code>
/// </summary>
/// <remarks>Tieleman and Hinton, lecture 6.5 of "Neural networks for machine learning", 2012; ε as in Keras.</remarks>
public sealed class RmsProp : Optimizer
{
    /// <summary>Makes the optimizer with the defaults of Keras 3.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="rho">ρ in [0, 1], the share of the mean square that is kept.</param>
    /// <param name="momentum">μ in [0, 1]; 0 saves a state slot.</param>
    /// <param name="epsilon">ε, 0 or more.</param>
    /// <param name="epsilonPlacement">Where ε is added.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public RmsProp(
        double learningRate = 1e-3,
        double rho = 0.9,
        double momentum = 0,
        double epsilon = 1e-7,
        EpsilonPlacement epsilonPlacement = EpsilonPlacement.InsideSqrt)
        : base(learningRate)
    {
        Rho = Require(rho is >= 0 and <= 1, rho, "0 to 1", nameof(rho));
        Momentum = Require(momentum is >= 0 and <= 1, momentum, "0 to 1", nameof(momentum));
        Epsilon = Require(epsilon >= 0, epsilon, "0 or more", nameof(epsilon));
        EpsilonPlacement = epsilonPlacement;
    }

    /// <inheritdoc/>
    public override string Name => "rmsprop";

    /// <summary>ρ, the share of the mean square that is kept.</summary>
    public double Rho { get; }

    /// <summary>μ, the share of the velocity that is kept.</summary>
    public double Momentum { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>Where ε is added.</summary>
    public EpsilonPlacement EpsilonPlacement { get; }

    /// <inheritdoc/>
    public override int SlotCount => Momentum > 0 ? 2 : 1;

    /// <summary>
    /// RMSprop as Keras 2.0.8 had it (keras/optimizers.py): learning rate 0.001, ρ = 0.9, no momentum, ε = 1e-8 outside the root.
    /// </summary>
    public static RmsProp Keras2(double learningRate = 1e-3) => new(learningRate, 0.9, 0, 1e-8, EpsilonPlacement.OutsideSqrt);

    /// <inheritdoc/>
    protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, Span<float> slot0, Span<float> slot1, WorkerPool workers)
    {
        // An epsilon that is not on one side of the root is zero there: one rule serves both placements.
        bool inside = EpsilonPlacement == EpsilonPlacement.InsideSqrt;
        double insideEpsilon = inside ? Epsilon : 0;
        double outsideEpsilon = inside ? 0 : Epsilon;
        if (Momentum > 0)
        {
            var rule = new MomentumRule(LearningRate, Rho, Momentum, insideEpsilon, outsideEpsilon);
            ParameterUpdate.Apply(rule, parameters, gradients, slot0, slot1, workers);
        }
        else
        {
            var rule = new PlainRule(LearningRate, Rho, insideEpsilon, outsideEpsilon);
            ParameterUpdate.Apply(rule, parameters, gradients, slot0, slot1, workers);
        }
    }

    /// <summary>v ← ρ·v + (1 − ρ)·g²,  w ← w − lr·g / (√(v + εᵢ) + εₒ).</summary>
    private readonly struct PlainRule(double learningRate, double rho, double insideEpsilon, double outsideEpsilon) : IUpdateRule
    {
        public static int SlotCount => 1;

        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1)
            where TLanes : struct, ILanes<TLanes>
        {
            slot0 = TLanes.MultiplyAdd(TLanes.Broadcast(rho), slot0, TLanes.Broadcast(1 - rho) * gradient * gradient);
            TLanes root = TLanes.Sqrt(slot0 + TLanes.Broadcast(insideEpsilon)) + TLanes.Broadcast(outsideEpsilon);
            parameter -= TLanes.Broadcast(learningRate) * gradient / root;
        }
    }

    /// <summary>v ← ρ·v + (1 − ρ)·g²,  m ← μ·m + lr·g / (√(v + εᵢ) + εₒ),  w ← w − m.</summary>
    private readonly struct MomentumRule(double learningRate, double rho, double momentum, double insideEpsilon, double outsideEpsilon) : IUpdateRule
    {
        public static int SlotCount => 2;

        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1)
            where TLanes : struct, ILanes<TLanes>
        {
            slot0 = TLanes.MultiplyAdd(TLanes.Broadcast(rho), slot0, TLanes.Broadcast(1 - rho) * gradient * gradient);
            TLanes root = TLanes.Sqrt(slot0 + TLanes.Broadcast(insideEpsilon)) + TLanes.Broadcast(outsideEpsilon);
            slot1 = TLanes.MultiplyAdd(TLanes.Broadcast(momentum), slot1, TLanes.Broadcast(learningRate) * gradient / root);
            parameter -= slot1;
        }
    }
}
