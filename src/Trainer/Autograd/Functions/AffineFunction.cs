using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.Affine;
using Operators = Toolkit.Onnx.Operators;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = a · x + b with two numbers; dx = a · dy. Written as Mul and Add, of which one that changes nothing is left out.</summary>
/// <param name="scale">a.</param>
/// <param name="shift">b.</param>
public sealed class AffineFunction(float scale, float shift) : ElementWiseFunction<Kernel>(new Kernel(scale, shift), derivativeIsOfOutput: true)
{
    /// <summary>a.</summary>
    public float Scale { get; } = scale;

    /// <summary>b.</summary>
    public float Shift { get; } = shift;

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        string value = inputs[0];
        if (Scale != 1)
        {
            value = sink.Add(new Operators.Mul(), value, sink.Constant("scale", Tensor.Scalar(Scale)));
        }

        return Shift == 0 ? value : sink.Add(new Operators.Add(), value, sink.Constant("shift", Tensor.Scalar(Shift)));
    }
}
