namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// 100 times the mean over all n elements of |t - y| / max(|t|, 1e-7); dy = 100 · sign(y - t) / max(|t|, 1e-7) / n.
/// </summary>
public sealed class MeanAbsolutePercentageErrorFunction : ElementLossFunction
{
    /// <summary>What keeps a number from 0.</summary>
    public const double Epsilon = 1e-7;

    /// <summary>The function; it has no settings.</summary>
    public static MeanAbsolutePercentageErrorFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => Forward(default(Rule), context, context.InputShape(0).Length);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) => Backward(default(Rule), context, context.InputShape(0).Length);

    private readonly struct Rule : IElementLoss
    {
        public T Value<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => T.Abs(t - y) / Scale(t);

        public T Slope<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => (y > t ? T.One : y < t ? -T.One : T.Zero) / Scale(t);

        // The hundredth of the target: percentages need no further factor.
        private static T Scale<T>(T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => T.Max(T.Abs(t), T.CreateChecked(Epsilon)) / T.CreateChecked(100);
    }
}
