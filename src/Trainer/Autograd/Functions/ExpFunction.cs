using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.Exponential;
using Record = Toolkit.Onnx.Operators.Exp;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = eˣ; dx = dy · y.</summary>
public sealed class ExpFunction : ElementWiseFunction<Kernel>
{
    private ExpFunction()
        : base(default, derivativeIsOfOutput: true)
    {
    }

    /// <summary>The function; it has no settings.</summary>
    public static ExpFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(), inputs);
    }
}
