namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// The mean over all n elements of d², d = ln(1 + max(y, 1e-7)) - ln(1 + max(t, 1e-7)); dy = 2 · d / (1 + y) / n, and 0 where y was raised.
/// </summary>
public sealed class MeanSquaredLogarithmicErrorFunction : ElementLossFunction
{
    /// <summary>What keeps a number from 0.</summary>
    public const double Epsilon = 1e-7;

    /// <summary>The function; it has no settings.</summary>
    public static MeanSquaredLogarithmicErrorFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => Forward(default(Rule), context, context.InputShape(0).Length);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) => Backward(default(Rule), context, context.InputShape(0).Length);

    private readonly struct Rule : IElementLoss
    {
        public T Value<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            T difference = Difference(y, t);
            return difference * difference;
        }

        public T Slope<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => y < T.CreateChecked(Epsilon) ? T.Zero : T.CreateChecked(2) * Difference(y, t) / (T.One + y);

        private static T Difference<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            T least = T.CreateChecked(Epsilon);
            return T.Log(T.Max(y, least) + T.One) - T.Log(T.Max(t, least) + T.One);
        }
    }
}
