using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.Gelu;
using Operators = Toolkit.Onnx.Operators;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// y = x · (1 + erf(x / √2)) / 2. ONNX's Gelu comes with opset 20: it is written as Div, Erf, Add and Mul, which every opset has.
/// </summary>
public sealed class GeluFunction : ElementWiseFunction<Kernel>
{
    private GeluFunction()
        : base(default, derivativeIsOfOutput: false)
    {
    }

    /// <summary>The function; it has no settings.</summary>
    public static GeluFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        string scaled = sink.Add(new Operators.Div(), inputs[0], sink.Constant("root_of_two", Tensor.Scalar(float.Sqrt(2))));
        string raised = sink.Add(new Operators.Add(), sink.Add(new Operators.Erf(), scaled), sink.Constant("one", Tensor.Scalar(1f)));
        return sink.Add(new Operators.Mul(), sink.Add(new Operators.Mul(), inputs[0], raised), sink.Constant("half", Tensor.Scalar(0.5f)));
    }
}
