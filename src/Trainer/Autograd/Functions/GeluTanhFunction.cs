using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.GeluTanh;
using Operators = Toolkit.Onnx.Operators;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>
/// Keras's <c>gelu</c> with <c>approximate</c>: y = x / 2 · (1 + tanh(√(2 / π) · (x + 0.044715 · x³))). Written as Mul, Add and Tanh.
/// </summary>
public sealed class GeluTanhFunction : ElementWiseFunction<Kernel>
{
    private GeluTanhFunction()
        : base(default, derivativeIsOfOutput: false)
    {
    }

    /// <summary>The function; it has no settings.</summary>
    public static GeluTanhFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        string x = inputs[0];
        string one = sink.Constant("one", Tensor.Scalar(1f));
        string cubic = sink.Add(new Operators.Mul(), sink.Add(new Operators.Mul(), x, x), sink.Constant("cubic", Tensor.Scalar(0.044715f)));
        string sum = sink.Add(new Operators.Mul(), x, sink.Add(new Operators.Add(), cubic, one));
        string tanh = sink.Add(new Operators.Tanh(), sink.Add(new Operators.Mul(), sum, sink.Constant("scale", Tensor.Scalar(float.Sqrt(2 / float.Pi)))));
        return sink.Add(new Operators.Mul(), sink.Add(new Operators.Mul(), x, sink.Add(new Operators.Add(), tanh, one)), sink.Constant("half", Tensor.Scalar(0.5f)));
    }
}
