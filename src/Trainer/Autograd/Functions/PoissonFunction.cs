namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// The mean over all n elements of y - t · ln(y + 1e-7); dy = (1 - t / (y + 1e-7)) / n.
/// </summary>
public sealed class PoissonFunction : ElementLossFunction
{
    /// <summary>What keeps a number from 0.</summary>
    public const double Epsilon = 1e-7;

    /// <summary>The function; it has no settings.</summary>
    public static PoissonFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => Forward(default(Rule), context, context.InputShape(0).Length);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) => Backward(default(Rule), context, context.InputShape(0).Length);

    private readonly struct Rule : IElementLoss
    {
        public T Value<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => y - (t * T.Log(y + T.CreateChecked(Epsilon)));

        public T Slope<T>(T y, T t)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => T.One - (t / (y + T.CreateChecked(Epsilon)));
    }
}
