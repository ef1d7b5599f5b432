namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// The Kullback-Leibler divergence of rows of probabilities, the mean over the rows of Σ t · ln(t / y), both clipped to [1e-7, 1]; dy = -t / y / rows,
/// and 0 where y was clipped.
/// </summary>
public sealed class KlDivergenceFunction : ElementLossFunction
{
    /// <summary>What keeps a number from 0.</summary>
    public const double Epsilon = 1e-7;

    /// <summary>The function; it has no settings.</summary>
    public static KlDivergenceFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => Forward(default(Rule), context, Rows(context.InputShape(0)));

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) => Backward(default(Rule), context, Rows(context.InputShape(0)));

    private readonly struct Rule : IElementLoss
    {
        public T Value<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => Clipped(t) * T.Log(Clipped(t) / Clipped(y));

        public T Slope<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => y < T.CreateChecked(Epsilon) || y > T.One ? T.Zero : -Clipped(t) / y;

        private static T Clipped<T>(T p)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => T.Clamp(p, T.CreateChecked(Epsilon), T.One);
    }
}
