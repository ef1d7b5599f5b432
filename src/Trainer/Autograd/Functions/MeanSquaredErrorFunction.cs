namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// The mean over all n elements of (y - t)²; dy = 2 · (y - t) / n.
/// </summary>
public sealed class MeanSquaredErrorFunction : ElementLossFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static MeanSquaredErrorFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => Forward(default(Rule), context, context.InputShape(0).Length);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) => Backward(default(Rule), context, context.InputShape(0).Length);

    private readonly struct Rule : IElementLoss
    {
        public T Value<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            T error = y - t;
            return error * error;
        }

        public T Slope<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => T.CreateChecked(2) * (y - t);
    }
}
