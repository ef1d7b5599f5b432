using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.Softplus;
using Record = Toolkit.Onnx.Operators.Softplus;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = ln(1 + eˣ); dx = dy / (1 + e⁻ˣ).</summary>
public sealed class SoftplusFunction : ElementWiseFunction<Kernel>
{
    private SoftplusFunction()
        : base(default, derivativeIsOfOutput: true)
    {
    }

    /// <summary>The function; it has no settings.</summary>
    public static SoftplusFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(), inputs);
    }
}
