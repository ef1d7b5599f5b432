using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.Silu;
using Operators = Toolkit.Onnx.Operators;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>Swish: y = x · σ(x), σ(x) = 1 / (1 + e⁻ˣ); dx = dy · σ(x) · (1 + x · (1 - σ(x))). Written as Sigmoid and Mul.</summary>
public sealed class SiluFunction : ElementWiseFunction<Kernel>
{
    private SiluFunction()
        : base(default, derivativeIsOfOutput: false)
    {
    }

    /// <summary>The function; it has no settings.</summary>
    public static SiluFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Operators.Mul(), inputs[0], sink.Add(new Operators.Sigmoid(), inputs[0]));
    }
}
