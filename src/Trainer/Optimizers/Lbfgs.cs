using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Schedules;

namespace Toolkit.Trainer.Optimizers;

/// <summary>
/// The limited-memory quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno with a strong Wolfe line search. Each iteration takes the
/// direction -H·g, where H approximates the inverse of the second derivatives from the last m changes of parameters and gradient, and searches
/// along it for a step that lowers the loss enough and flattens its slope.
/// </summary>
/// <remarks>
/// <para>Made for losses without noise: train with all samples as one batch, and without dropout. A step computes loss and gradient at two
/// points or more. Clipping and weight decay would contradict the line search and are refused; an L2 regularizer is part of the loss.</para>
/// <para>Liu and Nocedal, "On the limited memory BFGS method for large scale optimization", Mathematical Programming 45, 1989; Nocedal and
/// Wright, "Numerical optimization", 2nd edition, 2006, algorithms 3.5, 3.6, 7.4 and 7.5. Keras has none; PyTorch's takes 20 iterations a step,
/// remembers 100 changes, and searches the line only if asked.</para>
/// </remarks>
public sealed class Lbfgs : Optimizer
{
    private const string NextPairKey = "next_pair";
    private ArenaSolver? _solver;
    private int _nextPair;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">The first step that a line search tries, in lengths of the direction; 1, Newton's step, is nearly always right.</param>
    /// <param name="historySize">m, how many changes are remembered; two state slots each.</param>
    /// <param name="iterationsPerStep">Iterations on each batch.</param>
    /// <param name="sufficientDecrease">c₁ of the Wolfe conditions.</param>
    /// <param name="curvature">c₂ of the Wolfe conditions.</param>
    /// <param name="maximumLineSearchEvaluations">How often one line search may compute the loss.</param>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public Lbfgs(
        double learningRate = 1,
        int historySize = 10,
        int iterationsPerStep = 1,
        double sufficientDecrease = 1e-4,
        double curvature = 0.9,
        int maximumLineSearchEvaluations = 20)
        : base(learningRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(historySize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterationsPerStep, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumLineSearchEvaluations, 1);
        LbfgsOptions.CheckWolfe(sufficientDecrease, curvature);
        Require(learningRate > 0, learningRate, "above 0", nameof(learningRate));
        HistorySize = historySize;
        IterationsPerStep = iterationsPerStep;
        SufficientDecrease = sufficientDecrease;
        Curvature = curvature;
        MaximumLineSearchEvaluations = maximumLineSearchEvaluations;
    }

    /// <summary>Makes the optimizer with a first step that changes with the number of steps.</summary>
    /// <inheritdoc cref="Lbfgs(double, int, int, double, double, int)"/>
    public Lbfgs(
        LearningRateSchedule learningRate,
        int historySize = 10,
        int iterationsPerStep = 1,
        double sufficientDecrease = 1e-4,
        double curvature = 0.9,
        int maximumLineSearchEvaluations = 20)
        : this(RateOf(learningRate), historySize, iterationsPerStep, sufficientDecrease, curvature, maximumLineSearchEvaluations) => Schedule = learningRate;

    /// <inheritdoc/>
    public override string Name => "lbfgs";

    /// <summary>m, how many changes are remembered.</summary>
    public int HistorySize { get; }

    /// <summary>Iterations on each batch.</summary>
    public int IterationsPerStep { get; }

    /// <summary>c₁ of the Wolfe conditions.</summary>
    public double SufficientDecrease { get; }

    /// <summary>c₂ of the Wolfe conditions.</summary>
    public double Curvature { get; }

    /// <summary>How often one line search may compute the loss.</summary>
    public int MaximumLineSearchEvaluations { get; }

    /// <inheritdoc/>
    public override bool NeedsClosure => true;

    /// <summary>Two for each remembered change: the m changes of the parameters, then the m changes of the gradient; zeros where there is none.</summary>
    public override int SlotCount => 2 * HistorySize;

    /// <summary>Searches for a point where a function is least.</summary>
    /// <param name="start">Where the search starts; not changed.</param>
    /// <param name="objective">The function with its gradient.</param>
    /// <param name="options">When to end; the defaults of <see cref="LbfgsOptions"/> otherwise.</param>
    /// <returns>The point found, and why the search ended there.</returns>
    /// <exception cref="ArgumentException">An option is outside its range, or the function or its gradient is not finite at the start.</exception>
    public static LbfgsResult Minimize(ReadOnlySpan<double> start, LbfgsObjective objective, LbfgsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        options ??= new LbfgsOptions();
        options.Check();
        var solver = new ObjectiveSolver(start, objective, options);
        solver.Begin();
        if (!double.IsFinite(solver.Value) || !double.IsFinite(solver.GradientNorm))
        {
            throw new ArgumentException(
                $"Lbfgs: expected a finite value and gradient at the start, got {solver.Value} and a gradient of {solver.GradientNorm}; start elsewhere.", nameof(start));
        }

        for (int iteration = 0; ; iteration++)
        {
            if (solver.GradientNorm <= options.GradientTolerance)
            {
                return solver.Result(iteration, LbfgsEnd.GradientTolerance);
            }

            if (iteration >= options.MaximumIterations)
            {
                return solver.Result(iteration, LbfgsEnd.MaximumIterations);
            }

            if (solver.Evaluations >= options.MaximumEvaluations)
            {
                return solver.Result(iteration, LbfgsEnd.MaximumEvaluations);
            }

            (double value, double norm) = (solver.Value, solver.GradientNorm);
            if (!solver.Iterate(1))
            {
                return solver.Result(iteration, LbfgsEnd.NoLowerPoint);
            }

            // Where values are equal in the precision of the numbers, the gradient can still shrink.
            bool isUnchanged = value - solver.Value <= options.ValueTolerance * Math.Abs(value) && solver.GradientNorm >= norm;
            if (isUnchanged && solver.GradientNorm > options.GradientTolerance)
            {
                return solver.Result(iteration + 1, LbfgsEnd.ValueTolerance);
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Clipping or weight decay is set.</exception>
    public override float Step(ParameterArena arena, Func<float> evaluateLossAndGradient, WorkerPool? workers = null)
    {
        ArgumentNullException.ThrowIfNull(arena);
        ArgumentNullException.ThrowIfNull(evaluateLossAndGradient);
        if (ClipValue is not null || ClipNorm is not null || GlobalClipNorm is not null || WeightDecay != 0)
        {
            throw new InvalidOperationException(
                "Lbfgs: clipping and weight decay contradict the line search; leave them out, and give the layers an L2 regularizer in place of the decay.");
        }

        arena.EnsureSlots(this);
        if (_solver is null || !ReferenceEquals(_solver.Arena, arena))
        {
            _solver = new ArenaSolver(arena, this);
        }

        double rate = LearningRate;
        Iterations++;
        _solver.NextPair = _nextPair;
        float loss = _solver.Run(evaluateLossAndGradient, rate, IterationsPerStep, workers ?? WorkerPool.Serial);
        _nextPair = _solver.NextPair;
        return loss;
    }

    private protected override string NameOfSlot(int slot) => slot < HistorySize ? $"parameter_change_{slot}" : $"gradient_change_{slot - HistorySize}";

    private protected override void AddState(Dictionary<string, double> state) => state[NextPairKey] = _nextPair;

    private protected override void TakeState(IReadOnlyDictionary<string, double> state)
    {
        double next = Entry(state, NextPairKey);
        _nextPair = (int)Require(next >= 0 && next < HistorySize && double.IsInteger(next), next, $"a whole number of 0 to {HistorySize - 1}", NextPairKey);
    }

    private protected override void Update(ParameterBlock block, double learningRate) =>
        throw new InvalidOperationException("Lbfgs: a step computes the loss at several points; call Step with a function that computes loss and gradients.");

    /// <summary>Minimizes a loss over an arena's parameters; the changes are in its slots.</summary>
    private sealed class ArenaSolver(ParameterArena arena, Lbfgs optimizer) : LbfgsSolver<float>(
        arena.TrainableLength, optimizer.HistorySize, optimizer.SufficientDecrease, optimizer.Curvature, optimizer.MaximumLineSearchEvaluations)
    {
        private readonly int _historySize = optimizer.HistorySize;
        private Func<float>? _evaluate;

        public ParameterArena Arena { get; } = arena;

        protected override Span<float> Point => Arena.TrainableValues;

        protected override Span<float> Gradient => Arena.Gradients;

        public float Run(Func<float> evaluate, double firstStep, int iterations, WorkerPool workers)
        {
            Workers = workers;
            _evaluate = evaluate;
            Begin();
            double loss = Value;
            for (int iteration = 0; iteration < iterations && Iterate(firstStep); iteration++)
            {
            }

            _evaluate = null;
            Workers = WorkerPool.Serial;
            return (float)loss;
        }

        protected override Span<float> PointChange(int pair) => Arena.Slot(pair);

        protected override Span<float> GradientChange(int pair) => Arena.Slot(_historySize + pair);

        protected override double Evaluate() => _evaluate!();
    }

    /// <summary>Minimizes a function of one's own, in binary64.</summary>
    private sealed class ObjectiveSolver : LbfgsSolver<double>
    {
        private readonly double[] _point;
        private readonly double[] _gradient;
        private readonly double[][] _changes;
        private readonly int _historySize;
        private readonly LbfgsObjective _objective;

        public ObjectiveSolver(ReadOnlySpan<double> start, LbfgsObjective objective, LbfgsOptions options)
            : base(start.Length, options.HistorySize, options.SufficientDecrease, options.Curvature, options.MaximumLineSearchEvaluations)
        {
            int length = start.Length;
            _point = start.ToArray();
            _gradient = new double[length];
            _historySize = options.HistorySize;
            _changes = [.. Enumerable.Range(0, 2 * _historySize).Select(_ => new double[length])];
            _objective = objective;
        }

        public double GradientNorm
        {
            get
            {
                // Math.Max gives NaN where one is NaN.
                double norm = 0;
                foreach (double element in _gradient)
                {
                    norm = Math.Max(norm, Math.Abs(element));
                }

                return norm;
            }
        }

        protected override Span<double> Point => _point;

        protected override Span<double> Gradient => _gradient;

        public LbfgsResult Result(int iterations, LbfgsEnd reason) => new(_point, Value, GradientNorm, iterations, Evaluations, reason);

        protected override Span<double> PointChange(int pair) => _changes[pair];

        protected override Span<double> GradientChange(int pair) => _changes[_historySize + pair];

        protected override double Evaluate() => _objective(_point, _gradient);
    }
}
