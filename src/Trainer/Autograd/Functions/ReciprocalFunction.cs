using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.Reciprocal;
using Record = Toolkit.Onnx.Operators.Reciprocal;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = 1 / x; dx = -dy · y².</summary>
public sealed class ReciprocalFunction : ElementWiseFunction<Kernel>
{
    private ReciprocalFunction()
        : base(default, derivativeIsOfOutput: true)
    {
    }

    /// <summary>The function; it has no settings.</summary>
    public static ReciprocalFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(), inputs);
    }
}
