namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// The mean over all n elements of ln cosh e, e = y - t; dy = tanh(e) / n. Computed as |e| + ln(1 + (exp(-2·|e|) - 1) / 2), which neither
/// overflows nor loses small errors.
/// </summary>
public sealed class LogCoshFunction : ElementLossFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static LogCoshFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => Forward(default(Rule), context, context.InputShape(0).Length);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) => Backward(default(Rule), context, context.InputShape(0).Length);

    private readonly struct Rule : IElementLoss
    {
        public T Value<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            T error = T.Abs(y - t);
            return error + T.LogP1(T.ExpM1(T.CreateChecked(-2) * error) / T.CreateChecked(2));
        }

        public T Slope<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => T.Tanh(y - t);
    }
}
