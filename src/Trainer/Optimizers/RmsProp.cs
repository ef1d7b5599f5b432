using System.Runtime.CompilerServices;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Schedules;

namespace Toolkit.Trainer.Optimizers;

/// <summary>
/// The gradient divided by a running root mean square of itself, with momentum if asked.
/// <code>
/// v ← ρ·v + (1 − ρ)·g²
/// centered:  a ← ρ·a + (1 − ρ)·g,  and max(v − a², 0), the variance, stands for v below
/// d = g / √(v + ε)   inside,   or   g / (√v + ε)   outside
/// μ = 0:  w ← w − lr·d
/// μ &gt; 0:  m ← μ·m + lr·d,  w ← w − m
/// </code>
/// </summary>
/// <remarks>
/// Tieleman and Hinton, lecture 6.5 of "Neural networks for machine learning", 2012; ε as in Keras. Centered: Graves, "Generating sequences with
/// recurrent neural networks", arXiv:1308.0850; rounding can make v less than a², which Keras lets become NaN.
/// </remarks>
public sealed class RmsProp : Optimizer
{
    /// <summary>Makes the optimizer with the defaults of Keras 3.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="rho">ρ in [0, 1], the share of the mean square that is kept.</param>
    /// <param name="momentum">μ in [0, 1]; 0 saves a state slot.</param>
    /// <param name="epsilon">ε, 0 or more.</param>
    /// <param name="epsilonPlacement">Where ε is added.</param>
    /// <param name="centered">Whether to divide by the standard deviation, which takes a state slot more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public RmsProp(
        double learningRate = 1e-3,
        double rho = 0.9,
        double momentum = 0,
        double epsilon = 1e-7,
        EpsilonPlacement epsilonPlacement = EpsilonPlacement.InsideSqrt,
        bool centered = false)
        : base(learningRate)
    {
        Rho = Require(rho is >= 0 and <= 1, rho, "0 to 1", nameof(rho));
        Momentum = Require(momentum is >= 0 and <= 1, momentum, "0 to 1", nameof(momentum));
        Epsilon = Require(epsilon >= 0, epsilon, "0 or more", nameof(epsilon));
        EpsilonPlacement = epsilonPlacement;
        Centered = centered;
    }

    /// <summary>Makes the optimizer with a learning rate that changes with the step.</summary>
    /// <inheritdoc cref="RmsProp(double, double, double, double, EpsilonPlacement, bool)"/>
    public RmsProp(
        LearningRateSchedule learningRate,
        double rho = 0.9,
        double momentum = 0,
        double epsilon = 1e-7,
        EpsilonPlacement epsilonPlacement = EpsilonPlacement.InsideSqrt,
        bool centered = false)
        : this(RateOf(learningRate), rho, momentum, epsilon, epsilonPlacement, centered) => Schedule = learningRate;

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

    /// <summary>Whether the gradient is divided by its standard deviation in place of its root mean square.</summary>
    public bool Centered { get; }

    /// <inheritdoc/>
    public override int SlotCount => 1 + (Momentum > 0 ? 1 : 0) + (Centered ? 1 : 0);

    /// <summary>
    /// RMSprop as Keras 2.0.8 had it (keras/optimizers.py): learning rate 0.001, ρ = 0.9, no momentum, ε = 1e-8 outside the root.
    /// </summary>
    public static RmsProp Keras2(double learningRate = 1e-3) => new(learningRate, 0.9, 0, 1e-8, EpsilonPlacement.OutsideSqrt);

    private protected override string NameOfSlot(int slot) => slot == 0 ? "velocity" : slot == 1 && Momentum > 0 ? "momentum" : "average_gradient";

    private protected override void Update(ParameterBlock block, double learningRate)
    {
        // An epsilon that is not on one side of the root is zero there: one rule serves both placements.
        bool inside = EpsilonPlacement == EpsilonPlacement.InsideSqrt;
        float insideEpsilon = inside ? (float)Epsilon : 0;
        float outsideEpsilon = inside ? 0 : (float)Epsilon;
        var plain = new PlainRule((float)learningRate, (float)Rho, (float)(1 - Rho), insideEpsilon, outsideEpsilon);
        switch (Centered, Momentum > 0)
        {
            case (false, false):
                block.Apply(plain);
                break;
            case (false, true):
                block.Apply(new MomentumRule(plain, (float)Momentum));
                break;
            case (true, false):
                block.Apply(new CenteredRule(plain));
                break;
            default:
                block.Apply(new CenteredMomentumRule(plain, (float)Momentum));
                break;
        }
    }

    /// <summary>v ← ρ·v + (1 − ρ)·g²,  w ← w − lr·g / (√(v + εᵢ) + εₒ).</summary>
    private readonly struct PlainRule(float learningRate, float rho, float oneMinusRho, float insideEpsilon, float outsideEpsilon) : IUpdateRule
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes> => parameter -= Increment(gradient, ref slot0);

        /// <summary>Updates v and gives lr·g / (√(v + εᵢ) + εₒ).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Increment<TLanes>(TLanes gradient, ref TLanes meanSquare)
            where TLanes : struct, ILanes<TLanes>
        {
            meanSquare = TLanes.MultiplyAdd(TLanes.Broadcast(rho), meanSquare, TLanes.Broadcast(oneMinusRho) * Subnormal.Square(gradient));
            return Divided(gradient, meanSquare);
        }

        /// <summary>Updates v and a, and gives lr·g / (√(v − a² + εᵢ) + εₒ).</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes CenteredIncrement<TLanes>(TLanes gradient, ref TLanes meanSquare, ref TLanes mean)
            where TLanes : struct, ILanes<TLanes>
        {
            meanSquare = TLanes.MultiplyAdd(TLanes.Broadcast(rho), meanSquare, TLanes.Broadcast(oneMinusRho) * Subnormal.Square(gradient));
            mean = TLanes.MultiplyAdd(TLanes.Broadcast(rho), mean, TLanes.Broadcast(oneMinusRho) * gradient);

            // Max gives its second operand where one is NaN, so that a NaN is seen.
            return Divided(gradient, TLanes.Max(TLanes.Zero, TLanes.MultiplyAdd(-mean, mean, meanSquare)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TLanes Divided<TLanes>(TLanes gradient, TLanes square)
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes root = TLanes.Sqrt(square + TLanes.Broadcast(insideEpsilon)) + TLanes.Broadcast(outsideEpsilon);
            return TLanes.Broadcast(learningRate) * gradient / root;
        }
    }

    /// <summary>v ← ρ·v + (1 − ρ)·g²,  m ← μ·m + lr·g / (√(v + εᵢ) + εₒ),  w ← w − m.</summary>
    private readonly struct MomentumRule(PlainRule plain, float momentum) : IUpdateRule
    {
        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes>
        {
            slot1 = TLanes.MultiplyAdd(TLanes.Broadcast(momentum), slot1, plain.Increment(gradient, ref slot0));
            parameter -= slot1;
        }
    }

    /// <summary>The plain rule over the variance; slots v, a.</summary>
    private readonly struct CenteredRule(PlainRule plain) : IUpdateRule
    {
        public static int SlotCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes> => parameter -= plain.CenteredIncrement(gradient, ref slot0, ref slot1);
    }

    /// <summary>The rule with momentum over the variance; slots v, m, a.</summary>
    private readonly struct CenteredMomentumRule(PlainRule plain, float momentum) : IUpdateRule
    {
        public static int SlotCount => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes>
        {
            slot1 = TLanes.MultiplyAdd(TLanes.Broadcast(momentum), slot1, plain.CenteredIncrement(gradient, ref slot0, ref slot2));
            parameter -= slot1;
        }
    }
}
