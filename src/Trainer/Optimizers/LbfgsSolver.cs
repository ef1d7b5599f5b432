using System.Numerics;
using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Optimizers;

/// <summary>
/// One iteration of L-BFGS: a direction from the last few changes of point and gradient, then a line search along it. Derived classes say
/// where point, gradient and changes are kept. Sums have a fixed order; an iteration allocates nothing.
/// </summary>
/// <remarks>Nocedal and Wright, "Numerical optimization", 2nd edition, 2006, algorithms 7.4 and 7.5.</remarks>
/// <typeparam name="T">The element type.</typeparam>
internal abstract class LbfgsSolver<T> : ILineFunction
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _historySize;
    private readonly WolfeLineSearch _search;
    private readonly T[] _previousPoint;
    private readonly T[] _previousGradient;
    private readonly T[] _direction;
    private readonly double[] _alphas;

    protected LbfgsSolver(int length, int historySize, double sufficientDecrease, double curvature, int maximumEvaluations)
    {
        _historySize = historySize;
        _search = new WolfeLineSearch(sufficientDecrease, curvature, maximumEvaluations, 4 * double.CreateChecked(T.BitIncrement(T.One) - T.One));
        _previousPoint = new T[length];
        _previousGradient = new T[length];
        _direction = new T[length];
        _alphas = new double[historySize];
    }

    /// <summary>f at the point, after <see cref="Begin"/> or <see cref="Iterate"/>.</summary>
    public double Value { get; private set; }

    /// <summary>How often f was computed.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Where the next change of point and gradient goes.</summary>
    public int NextPair { get; set; }

    /// <summary>The threads to use; the results do not depend on them.</summary>
    protected WorkerPool Workers { get; set; } = WorkerPool.Serial;

    /// <summary>x.</summary>
    protected abstract Span<T> Point { get; }

    /// <summary>The gradient of f at x.</summary>
    protected abstract Span<T> Gradient { get; }

    /// <summary>A change s of the point; zeros where there is none.</summary>
    protected abstract Span<T> PointChange(int pair);

    /// <summary>The change y of the gradient that belongs to s.</summary>
    protected abstract Span<T> GradientChange(int pair);

    /// <summary>Computes f at x, and its gradient.</summary>
    protected abstract double Evaluate();

    /// <summary>Computes f where the search starts.</summary>
    public void Begin()
    {
        Value = Evaluate();
        Evaluations++;
    }

    /// <summary>Moves to a lower point.</summary>
    /// <param name="firstStep">The first step to try, in lengths of the direction; 1 is Newton's.</param>
    /// <returns>Whether it moved. Where it did not, the point and its gradient are as before, and no direction that is known lowers f.</returns>
    public bool Iterate(double firstStep)
    {
        bool hasHistory = FindDirection();
        double slope = Dot(Gradient, _direction);
        if (hasHistory && !(slope < 0))
        {
            Forget();
            hasHistory = FindDirection();
            slope = Dot(Gradient, _direction);
        }

        if (!(slope < 0) || !double.IsFinite(slope))
        {
            return false;
        }

        Point.CopyTo(_previousPoint);
        Gradient.CopyTo(_previousGradient);

        // The first direction is the gradient itself, whose length says nothing of a good step.
        double first = hasHistory ? firstStep : firstStep * Math.Min(1, 1 / Math.Sqrt(-slope));
        if (_search.Run(this, new LinePoint(0, Value, slope), first) is { } found)
        {
            Value = found.Value;
            Remember();
            return true;
        }

        _previousPoint.CopyTo(Point);
        _previousGradient.CopyTo(Gradient);
        if (!hasHistory)
        {
            return false;
        }

        Forget();
        return Iterate(firstStep);
    }

    /// <inheritdoc/>
    public LinePoint At(double step)
    {
        Combine(_previousPoint, _direction, Point, step);
        double value = Evaluate();
        Evaluations++;
        return new LinePoint(step, value, Dot(Gradient, _direction));
    }

    /// <summary>Forgets all changes.</summary>
    private void Forget()
    {
        for (int pair = 0; pair < _historySize; pair++)
        {
            PointChange(pair).Clear();
            GradientChange(pair).Clear();
        }
    }

    /// <summary>The direction -H·g by the two-loop recursion; false where there are no changes, so that it is -g.</summary>
    private bool FindDirection()
    {
        bool hasHistory = false;
        double scale = 1;
        ElementWise.Unary(default(Negate), Gradient, _direction.AsSpan(), Workers);
        for (int age = 1; age <= _historySize; age++)
        {
            int pair = Pair(age);
            double curvature = Dot(PointChange(pair), GradientChange(pair));
            if (curvature == 0)
            {
                continue;
            }

            if (!hasHistory)
            {
                hasHistory = true;
                scale = curvature / Dot(GradientChange(pair), GradientChange(pair));
            }

            _alphas[pair] = Dot(PointChange(pair), _direction) / curvature;
            Combine(_direction, GradientChange(pair), _direction, -_alphas[pair]);
        }

        if (!hasHistory)
        {
            return false;
        }

        ElementWise.Unary(new Factor(scale), _direction, _direction.AsSpan(), Workers);
        for (int age = _historySize; age >= 1; age--)
        {
            int pair = Pair(age);
            double curvature = Dot(PointChange(pair), GradientChange(pair));
            if (curvature != 0)
            {
                double beta = Dot(GradientChange(pair), _direction) / curvature;
                Combine(_direction, PointChange(pair), _direction, _alphas[pair] - beta);
            }
        }

        return true;
    }

    /// <summary>Keeps the last change of point and gradient, unless its curvature s·y drowns in rounding: H would no longer be positive.</summary>
    private void Remember()
    {
        Span<T> s = PointChange(NextPair);
        Span<T> y = GradientChange(NextPair);
        ElementWise.Binary(default(Subtract), Point, _previousPoint, s, Workers);
        ElementWise.Binary(default(Subtract), Gradient, _previousGradient, y, Workers);
        double rounding = double.CreateChecked(T.BitIncrement(T.One) - T.One);
        if (Dot(s, y) > rounding * Math.Sqrt(Dot(s, s) * Dot(y, y)))
        {
            NextPair = (NextPair + 1) % _historySize;
        }
        else
        {
            s.Clear();
            y.Clear();
        }
    }

    private int Pair(int age) => (NextPair - age + (2 * _historySize)) % _historySize;

    private static double Dot(ReadOnlySpan<T> x, ReadOnlySpan<T> y) => double.CreateChecked(Reduction.Dot(x, y));

    /// <summary>z = x + factor · y.</summary>
    private void Combine(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z, double factor) =>
        ElementWise.Binary(new ScaledSum(factor), x, y, z, Workers);

    private readonly struct ScaledSum(double factor) : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Invoke<TLanes>(TLanes x, TLanes y)
            where TLanes : struct, ILanes<TLanes> => TLanes.MultiplyAdd(TLanes.Broadcast(factor), y, x);
    }

    private readonly struct Factor(double factor) : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes> => TLanes.Broadcast(factor) * x;
    }
}
