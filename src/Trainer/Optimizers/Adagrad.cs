using System.Runtime.CompilerServices;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Schedules;

namespace Toolkit.Trainer.Optimizers;

/// <summary>
/// A step size of its own for every parameter, which shrinks with the gradients seen.
/// <code>
/// a ← a + g²
/// inside:   w ← w − lr·g / √(a + ε)
/// outside:  w ← w − lr·g / (√a + ε)
/// </code>
/// </summary>
/// <remarks>
/// Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 12, 2011.
/// </remarks>
public sealed class Adagrad : Optimizer
{
    private readonly float _initialAccumulator;

    /// <summary>Makes the optimizer with the defaults of Keras 3.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="initialAccumulator">What a starts from, 0 or more.</param>
    /// <param name="epsilon">ε, 0 or more.</param>
    /// <param name="epsilonPlacement">Where ε is added.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Adagrad(
        double learningRate = 1e-3,
        double initialAccumulator = 0.1,
        double epsilon = 1e-7,
        EpsilonPlacement epsilonPlacement = EpsilonPlacement.InsideSqrt)
        : base(learningRate)
    {
        _initialAccumulator = (float)Require(initialAccumulator >= 0, initialAccumulator, "0 or more", nameof(initialAccumulator));
        Epsilon = Require(epsilon >= 0, epsilon, "0 or more", nameof(epsilon));
        EpsilonPlacement = epsilonPlacement;
    }

    /// <summary>Makes the optimizer with a learning rate that changes with the step.</summary>
    /// <inheritdoc cref="Adagrad(double, double, double, EpsilonPlacement)"/>
    public Adagrad(
        LearningRateSchedule learningRate,
        double initialAccumulator = 0.1,
        double epsilon = 1e-7,
        EpsilonPlacement epsilonPlacement = EpsilonPlacement.InsideSqrt)
        : this(RateOf(learningRate), initialAccumulator, epsilon, epsilonPlacement) => Schedule = learningRate;

    /// <inheritdoc/>
    public override string Name => "adagrad";

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <summary>Where ε is added.</summary>
    public EpsilonPlacement EpsilonPlacement { get; }

    /// <inheritdoc/>
    public override int SlotCount => 1;

    /// <summary>
    /// Adagrad as Keras 2.0.8 had it (keras/optimizers.py): learning rate 0.01, accumulator from 0, ε = 1e-8 outside the root.
    /// </summary>
    public static Adagrad Keras2(double learningRate = 0.01) => new(learningRate, 0, 1e-8, EpsilonPlacement.OutsideSqrt);

    /// <inheritdoc/>
    public override float InitialSlotValue(int slot) => _initialAccumulator;

    private protected override string NameOfSlot(int slot) => "accumulator";

    private protected override void Update(ParameterBlock block, double learningRate)
    {
        // An epsilon that is not on one side of the root is zero there: one rule serves both placements.
        bool inside = EpsilonPlacement == EpsilonPlacement.InsideSqrt;
        var rule = new Rule((float)learningRate, inside ? (float)Epsilon : 0, inside ? 0 : (float)Epsilon);
        block.Apply(rule);
    }

    /// <summary>a ← a + g²,  w ← w − lr·g / (√(a + εᵢ) + εₒ).</summary>
    private readonly struct Rule(float learningRate, float insideEpsilon, float outsideEpsilon) : IUpdateRule
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes>
        {
            slot0 = TLanes.MultiplyAdd(gradient, gradient, slot0);
            TLanes root = TLanes.Sqrt(slot0 + TLanes.Broadcast(insideEpsilon)) + TLanes.Broadcast(outsideEpsilon);
            parameter -= TLanes.Broadcast(learningRate) * gradient / root;
        }
    }
}
