using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.Identity;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = x; dx = dy.</summary>
public sealed class IdentityFunction : UnaryFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static IdentityFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override bool IsView => true;

    /// <inheritdoc/>
    internal override GradientFlow Flow(int input, ReadOnlySpan<Shape> inputs) => GradientFlow.Same;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) => context.Input(0).CopyTo(context.Output);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context) => GradientMath.Pass(context);

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(), inputs);
    }
}
