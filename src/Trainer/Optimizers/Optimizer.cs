using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Schedules;

namespace Toolkit.Trainer.Optimizers;

/// <summary>
/// Updates the parameters from their gradients: one fused pass over the flat parameter arena a step. Its state is
/// <see cref="SlotCount"/> arrays, which the arena keeps, and the few numbers in <see cref="State"/>.
/// A loop of one's own over a tape ends each step with <c>optimizer.Step(model.Arena)</c>.
/// </summary>
public abstract class Optimizer
{
    private const string IterationsKey = "iterations";
    private const string LearningRateKey = "learning_rate";

    private double? _clipValue;
    private double? _clipNorm;
    private double? _globalClipNorm;

    private protected Optimizer(double learningRate) => LearningRate = learningRate;

    /// <summary>The optimizer's name in Keras: <c>rmsprop</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What the learning rate follows; null where it is a number.</summary>
    public LearningRateSchedule? Schedule { get; private protected init; }

    /// <summary>The step size of the next step, 0 or more. May be changed between steps, unless it follows a <see cref="Schedule"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">The rate is set, but follows a schedule.</exception>
    public double LearningRate
    {
        get => Schedule is { } schedule ? RateOf(schedule, Iterations) : field;
        set
        {
            if (Schedule is not null)
            {
                throw new InvalidOperationException(
                    $"{GetType().Name}: the learning rate follows a {Schedule.GetType().Name} and cannot be set to {value}; make the optimizer with a number instead.");
            }

            field = Require(value >= 0 && double.IsFinite(value), value, "0 or more", nameof(LearningRate));
        }
    }

    /// <summary>How many steps have been applied.</summary>
    public long Iterations { get; set; }

    /// <summary>
    /// λ, the share of a parameter times the learning rate that it loses before each update, apart from the gradient: w ← w − lr·λ·w
    /// (decoupled weight decay). 0, none, except in <see cref="AdamW"/>. As in Keras, every trainable parameter decays, biases too.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public double WeightDecay
    {
        get;
        init => field = Require(value >= 0 && double.IsFinite(value), value, "0 or more", nameof(WeightDecay));
    }

    /// <summary>Bounds every element of the gradient to [−value, value]; null for no bound. One of the three kinds of clipping at a time.</summary>
    /// <exception cref="ArgumentException">Another kind of clipping is set, or the value is not above 0.</exception>
    public double? ClipValue
    {
        get => _clipValue;
        init => _clipValue = RequireClip(value, nameof(ClipValue));
    }

    /// <summary>
    /// Bounds the Euclidean norm of every parameter's gradient by scaling it, each parameter for itself: g ← g · c / max(‖g‖, c). Null for no
    /// bound. One of the three kinds of clipping at a time.
    /// </summary>
    /// <exception cref="ArgumentException">Another kind of clipping is set, or the value is not above 0.</exception>
    public double? ClipNorm
    {
        get => _clipNorm;
        init => _clipNorm = RequireClip(value, nameof(ClipNorm));
    }

    /// <summary>Bounds the Euclidean norm of all gradients together by scaling them all alike. Null for no bound. One of the three kinds of clipping at a time.</summary>
    /// <exception cref="ArgumentException">Another kind of clipping is set, or the value is not above 0.</exception>
    public double? GlobalClipNorm
    {
        get => _globalClipNorm;
        init => _globalClipNorm = RequireClip(value, nameof(GlobalClipNorm));
    }

    /// <summary>State arrays that the rule needs.</summary>
    public abstract int SlotCount { get; }

    /// <summary>Whether a step computes loss and gradient at several points, so that it needs the form of Step with a function.</summary>
    public virtual bool NeedsClosure => false;

    /// <summary>
    /// The numbers beside the slots that training continues from to the bit, by name: <c>iterations</c>, <c>learning_rate</c> where no
    /// schedule gives it, and what a rule adds.
    /// </summary>
    public IReadOnlyDictionary<string, double> State
    {
        get
        {
            var state = new Dictionary<string, double>(StringComparer.Ordinal) { [IterationsKey] = Iterations };
            if (Schedule is null)
            {
                state[LearningRateKey] = LearningRate;
            }

            AddState(state);
            return state;
        }
    }

    /// <summary>A slot's name in checkpoints, as in Keras: <c>velocity</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The optimizer has no such slot.</exception>
    public string SlotName(int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, SlotCount);
        return NameOfSlot(slot);
    }

    /// <summary>The value that every element of a new slot holds.</summary>
    public virtual float InitialSlotValue(int slot) => 0f;

    /// <summary>Takes back what <see cref="State"/> gave; the slots are the arena's to restore.</summary>
    /// <exception cref="ArgumentException">A number is missing or impossible; nothing has been changed then.</exception>
    public void RestoreState(IReadOnlyDictionary<string, double> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        double iterations = Entry(state, IterationsKey);
        if (!(iterations >= 0 && double.IsInteger(iterations)))
        {
            throw new ArgumentException($"{GetType().Name}: expected {IterationsKey} to be a whole number of 0 or more, got {iterations}.", nameof(state));
        }

        double? rate = Schedule is null ? Entry(state, LearningRateKey) : null;
        if (rate is { } value)
        {
            Require(value >= 0 && double.IsFinite(value), value, "0 or more", LearningRateKey);
        }

        TakeState(state);
        Iterations = (long)iterations;
        if (rate is { } restored)
        {
            LearningRate = restored;
        }
    }

    /// <summary>
    /// Clips the arena's gradients where that is asked for, updates its parameters by them and counts the step. The arena's slots are made
    /// at the first step, and anew when another optimizer has used it since.
    /// </summary>
    /// <param name="arena">The parameters, with the gradients of the current loss.</param>
    /// <param name="workers">The threads to use; the caller alone by default. The result does not depend on them.</param>
    /// <exception cref="InvalidOperationException">The optimizer <see cref="NeedsClosure"/>.</exception>
    public void Step(ParameterArena arena, WorkerPool? workers = null)
    {
        ArgumentNullException.ThrowIfNull(arena);
        if (NeedsClosure)
        {
            throw new InvalidOperationException(
                $"{GetType().Name}: a step computes the loss at several points; call Step with a function that computes loss and gradients.");
        }

        workers ??= WorkerPool.Serial;
        arena.EnsureSlots(this);
        GradientClipping.Apply(this, arena, workers);
        Apply(new ParameterBlock(arena.TrainableValues, arena.Gradients, arena.Slot(0), arena.Slot(1), arena.Slot(2)), workers);
    }

    /// <summary>Takes one step of an optimizer of either kind.</summary>
    /// <param name="arena">The parameters.</param>
    /// <param name="evaluateLossAndGradient">
    /// Computes the loss of the arena's current parameters and leaves its gradients there. It must be the same function of the parameters at
    /// every call within a step: same samples, same dropout.
    /// </param>
    /// <param name="workers">The threads to use; the caller alone by default. The result does not depend on them.</param>
    /// <returns>The loss before the step.</returns>
    public virtual float Step(ParameterArena arena, Func<float> evaluateLossAndGradient, WorkerPool? workers = null)
    {
        ArgumentNullException.ThrowIfNull(evaluateLossAndGradient);
        float loss = evaluateLossAndGradient();
        Step(arena, workers);
        return loss;
    }

    /// <summary>Makes an optimizer with its default settings from its name in Keras.</summary>
    /// <exception cref="ArgumentException">No optimizer has that name; the message lists those that there are.</exception>
    public static Optimizer FromName(string name) => OptimizerNames.Create(name);

    /// <summary>Makes an optimizer with its default settings from its name: <c>optimizer: "rmsprop"</c>.</summary>
    /// <exception cref="ArgumentException">No optimizer has that name; the message lists those that there are.</exception>
    public static implicit operator Optimizer(string name) => FromName(name);

    /// <summary>Applies the rule to a block of parameters as one step, without clipping.</summary>
    internal void Apply(ParameterBlock block, WorkerPool workers)
    {
        double rate = LearningRate;
        Iterations++;
        Update(block.With((float)(rate * WeightDecay), workers), rate);
    }

    // The rules hold their settings as floats: a conversion from double inside the loop writes only a part of a vector register, which
    // makes every pass wait for the one before.

    /// <summary>The rule; <see cref="Iterations"/> already counts this step (1 in the first), the rate is the one before that.</summary>
    private protected abstract void Update(ParameterBlock block, double learningRate);

    /// <summary>The name of a slot that there is.</summary>
    private protected abstract string NameOfSlot(int slot);

    /// <summary>Adds what the rule keeps beside its slots.</summary>
    private protected virtual void AddState(Dictionary<string, double> state)
    {
    }

    /// <summary>Takes back what <see cref="AddState"/> gave; checks before it changes anything.</summary>
    private protected virtual void TakeState(IReadOnlyDictionary<string, double> state)
    {
    }

    private protected double Entry(IReadOnlyDictionary<string, double> state, string key) => state.TryGetValue(key, out double value)
        ? value
        : throw new ArgumentException($"{GetType().Name}: expected '{key}' in the optimizer's state, got {(state.Count == 0 ? "nothing" : string.Join(", ", state.Keys))}.", nameof(state));

    /// <summary>The rate of a schedule at a step; what a constructor with a schedule starts from.</summary>
    private protected static double RateOf(LearningRateSchedule schedule, long step = 0)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        double rate = schedule.At(step);
        return rate >= 0 && double.IsFinite(rate)
            ? rate
            : throw new InvalidOperationException($"{schedule.GetType().Name}: expected a learning rate of 0 or more, got {rate} at step {step}.");
    }

    private protected double Require(bool holds, double value, string expected, string argument) => holds
        ? value
        : throw new ArgumentOutOfRangeException(argument, value, $"{GetType().Name}: expected {argument} to be {expected}, got {value}.");

    private double? RequireClip(double? value, string property)
    {
        if (value is not { } bound)
        {
            return null;
        }

        Require(bound > 0, bound, "above 0", property);
        return _clipValue is null && _clipNorm is null && _globalClipNorm is null
            ? value
            : throw new ArgumentException($"{GetType().Name}: expected one of ClipValue, ClipNorm and GlobalClipNorm, got {property} beside another.", property);
    }
}
