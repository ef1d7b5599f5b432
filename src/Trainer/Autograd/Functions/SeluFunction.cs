using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.Selu;
using Record = Toolkit.Onnx.Operators.Selu;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = γ · x where x &gt; 0, else γ · α · (eˣ - 1), with the α and γ that keep mean 0 and variance 1 (Klambauer et al., 2017).</summary>
public sealed class SeluFunction : ElementWiseFunction<Kernel>
{
    private SeluFunction()
        : base(new Kernel(Kernel.DefaultAlpha, Kernel.DefaultGamma), derivativeIsOfOutput: true)
    {
    }

    /// <summary>The function; it has no settings.</summary>
    public static SeluFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(Kernel.DefaultAlpha, Kernel.DefaultGamma), inputs);
    }
}
