namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// The mean over all n elements of |y - t|; dy = sign(y - t) / n, with sign(0) = 0.
/// </summary>
public sealed class MeanAbsoluteErrorFunction : ElementLossFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static MeanAbsoluteErrorFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => Forward(default(Rule), context, context.InputShape(0).Length);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) => Backward(default(Rule), context, context.InputShape(0).Length);

    private readonly struct Rule : IElementLoss
    {
        public T Value<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => T.Abs(y - t);

        public T Slope<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => y > t ? T.One : y < t ? -T.One : T.Zero;
    }
}
