namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// With e = y - t, the mean over all n elements of e² / 2 where |e| ≤ δ, else δ · |e| - δ² / 2; dy = e / n, bounded to ±δ / n.
/// </summary>
/// <param name="delta">δ, where the square becomes a line.</param>
public sealed class HuberFunction(double delta) : ElementLossFunction
{
    /// <summary>δ.</summary>
    public double Delta { get; } = delta;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => Forward(new Rule(Delta), context, context.InputShape(0).Length);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) => Backward(new Rule(Delta), context, context.InputShape(0).Length);

    private readonly struct Rule(double delta) : IElementLoss
    {
        public T Value<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            T bound = T.CreateChecked(delta);
            T error = T.Abs(y - t);
            T half = T.CreateChecked(0.5);
            return error <= bound ? half * error * error : (bound * error) - (half * bound * bound);
        }

        public T Slope<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            T bound = T.CreateChecked(delta);
            T error = y - t;
            return T.Abs(error) <= bound ? error : T.CopySign(bound, error);
        }
    }
}
