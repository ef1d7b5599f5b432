using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.HardSigmoid;
using Record = Toolkit.Onnx.Operators.HardSigmoid;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = max(0, min(1, x / 6 + 1/2)), as Keras and PyTorch have it (ONNX's default slope is 0.2); dx = dy / 6 where 0 &lt; y &lt; 1, else 0.</summary>
public sealed class HardSigmoidFunction : ElementWiseFunction<Kernel>
{
    private const float Slope = 1 / 6f;
    private const float Middle = 0.5f;

    private HardSigmoidFunction()
        : base(new Kernel(Slope, Middle), derivativeIsOfOutput: true)
    {
    }

    /// <summary>The function; it has no settings.</summary>
    public static HardSigmoidFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(Slope, Middle), inputs);
    }
}
