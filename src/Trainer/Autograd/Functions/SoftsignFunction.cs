using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.Softsign;
using Operators = Toolkit.Onnx.Operators;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = x / (1 + |x|); dx = dy · (1 - |y|)². Written as Abs, Add and Div.</summary>
public sealed class SoftsignFunction : ElementWiseFunction<Kernel>
{
    private SoftsignFunction()
        : base(default, derivativeIsOfOutput: true)
    {
    }

    /// <summary>The function; it has no settings.</summary>
    public static SoftsignFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        string divisor = sink.Add(new Operators.Add(), sink.Add(new Operators.Abs(), inputs[0]), sink.Constant("one", Tensor.Scalar(1f)));
        return sink.Add(new Operators.Div(), inputs[0], divisor);
    }
}
