using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>A function by element whose formula and derivative are a kernel's: y = f(x), dx = dy · f'(x).</summary>
/// <typeparam name="TOperation">The kernel.</typeparam>
public abstract class ElementWiseFunction<TOperation> : UnaryFunction
    where TOperation : struct, IDifferentiableOperation
{
    private readonly TOperation _operation;
    private readonly bool _derivativeIsOfOutput;

    /// <param name="operation">The kernel, with its settings.</param>
    /// <param name="derivativeIsOfOutput">Whether the derivative is a function of y, so that x need not be kept, or one of x, so that y need not.</param>
    private protected ElementWiseFunction(TOperation operation, bool derivativeIsOfOutput)
    {
        _operation = operation;
        _derivativeIsOfOutput = derivativeIsOfOutput;
    }

    /// <inheritdoc/>
    public sealed override bool BackwardReadsInput(int input) => !_derivativeIsOfOutput;

    /// <inheritdoc/>
    public sealed override bool BackwardReadsOutput => _derivativeIsOfOutput;

    /// <inheritdoc/>
    internal sealed override bool CanOverwrite(int input) => true;

    /// <inheritdoc/>
    internal sealed override GradientFlow Flow(int input, ReadOnlySpan<Shape> inputs) => GradientFlow.InPlace;

    /// <inheritdoc/>
    public sealed override void Forward<T>(in FunctionContext<T> context) =>
        ElementWise.Unary(_operation, context.Input(0), context.Output, context.Workers);

    // The kernels' backward takes x and y; the one that it does not read is stood in for by the other.

    /// <inheritdoc/>
    public sealed override void Backward<T>(in FunctionContext<T> context)
    {
        ReadOnlySpan<T> known = _derivativeIsOfOutput ? context.Output : context.Input(0);
        ElementWise.UnaryBackward(_operation, known, known, context.OutputGradient, context.InputGradient(0), context.Workers, context.Accumulates(0));
    }
}
