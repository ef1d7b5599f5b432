using System.Runtime.CompilerServices;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Schedules;

namespace Toolkit.Trainer.Optimizers;

/// <summary>
/// Gradient descent, with classical or Nesterov momentum in Keras's form: the velocity holds the learning rate.
/// <code>
/// μ = 0:      w ← w − lr·g
/// classical:  m ← μ·m − lr·g,  w ← w + m
/// Nesterov:   m ← μ·m − lr·g,  w ← w + μ·m − lr·g
/// </code>
/// The same in Keras 2 and 3. PyTorch keeps the learning rate out of the velocity (b ← μ·b + g, w ← w − lr·b): equal while the rate is
/// constant, different under a schedule.
/// </summary>
/// <remarks>Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum in deep learning", ICML 2013.</remarks>
public sealed class Sgd : Optimizer
{
    /// <summary>Makes the optimizer with Keras's defaults.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="momentum">μ in [0, 1]; 0 needs no state.</param>
    /// <param name="nesterov">Whether to look ahead. Without momentum it changes nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Sgd(double learningRate = 0.01, double momentum = 0, bool nesterov = false)
        : base(learningRate)
    {
        Momentum = Require(momentum is >= 0 and <= 1, momentum, "0 to 1", nameof(momentum));
        Nesterov = nesterov;
    }

    /// <summary>Makes the optimizer with a learning rate that changes with the step.</summary>
    /// <inheritdoc cref="Sgd(double, double, bool)"/>
    public Sgd(LearningRateSchedule learningRate, double momentum = 0, bool nesterov = false)
        : this(RateOf(learningRate), momentum, nesterov) => Schedule = learningRate;

    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <summary>μ, the share of the velocity that is kept.</summary>
    public double Momentum { get; }

    /// <summary>Whether the momentum is Nesterov's.</summary>
    public bool Nesterov { get; }

    /// <inheritdoc/>
    public override int SlotCount => Momentum > 0 ? 1 : 0;

    private protected override string NameOfSlot(int slot) => "momentum";

    private protected override void Update(ParameterBlock block, double learningRate)
    {
        if (SlotCount == 0)
        {
            block.Apply(new PlainRule((float)learningRate));
        }
        else if (Nesterov)
        {
            block.Apply(new NesterovRule((float)learningRate, (float)Momentum));
        }
        else
        {
            block.Apply(new MomentumRule((float)learningRate, (float)Momentum));
        }
    }

    /// <summary>w ← w − lr·g.</summary>
    private readonly struct PlainRule(float learningRate) : IUpdateRule
    {
        public static int SlotCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes> =>
            parameter = TLanes.MultiplyAdd(TLanes.Broadcast(-learningRate), gradient, parameter);
    }

    /// <summary>m ← μ·m − lr·g,  w ← w + m.</summary>
    private readonly struct MomentumRule(float learningRate, float momentum) : IUpdateRule
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes>
        {
            slot0 = TLanes.MultiplyAdd(TLanes.Broadcast(momentum), slot0, TLanes.Broadcast(-learningRate) * gradient);
            parameter += slot0;
        }
    }

    /// <summary>m ← μ·m − lr·g,  w ← w + μ·m − lr·g.</summary>
    private readonly struct NesterovRule(float learningRate, float momentum) : IUpdateRule
    {
        public static int SlotCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes>
        {
            TLanes descent = TLanes.Broadcast(-learningRate) * gradient;
            slot0 = TLanes.MultiplyAdd(TLanes.Broadcast(momentum), slot0, descent);
            parameter += TLanes.MultiplyAdd(TLanes.Broadcast(momentum), slot0, descent);
        }
    }
}
