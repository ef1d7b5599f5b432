using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Cast = Toolkit.Onnx.Operators.Cast;
using Greater = Toolkit.Onnx.Operators.Greater;
using Kernel = Toolkit.Numerics.Kernels.Step;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>Heaviside step: y = 1 where x &gt; 0, else 0; dx = 0, so nothing before it learns. ONNX has no such operator: it is written as Greater and Cast.</summary>
public sealed class StepFunction : UnaryFunction
{
    /// <summary>The function; it has no settings.</summary>
    public static StepFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override bool BackwardReadsOutput => false;

    /// <inheritdoc/>
    public override void Forward<T>(in FunctionContext<T> context) =>
        ElementWise.Unary(default(Kernel), context.Input(0), context.Output, context.Workers);

    /// <inheritdoc/>
    public override void Backward<T>(in FunctionContext<T> context)
    {
        if (!context.Accumulates(0))
        {
            context.InputGradient(0).Clear();
        }
    }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        string isPositive = sink.Add(new Greater(), inputs[0], sink.Constant("zero", Tensor.Scalar(0f)));
        return sink.Add(new Cast(ElementType.Float32), isPositive);
    }
}
