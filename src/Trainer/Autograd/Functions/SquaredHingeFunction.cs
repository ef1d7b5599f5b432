namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// The mean over all n elements of m², m = max(1 - t · y, 0); dy = -2 · t · m / n. Targets are -1 and 1; a 0 counts as -1.
/// </summary>
public sealed class SquaredHingeFunction : ElementLossFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static SquaredHingeFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => Forward(default(Rule), context, context.InputShape(0).Length);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) => Backward(default(Rule), context, context.InputShape(0).Length);

    private readonly struct Rule : IElementLoss
    {
        public T Value<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            // Not T.Max: a NaN must reach the loss, where training stops on it.
            T margin = Margin(y, t);
            return margin < T.Zero ? T.Zero : margin * margin;
        }

        public T Slope<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => Margin(y, t) > T.Zero ? T.CreateChecked(-2) * Label(t) * Margin(y, t) : T.Zero;

        private static T Label<T>(T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => t == T.Zero ? -T.One : t;

        private static T Margin<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => T.One - (Label(t) * y);
    }
}
