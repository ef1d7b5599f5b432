using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.Absolute;
using Record = Toolkit.Onnx.Operators.Abs;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = |x|; dx = dy · sign x, 0 at 0.</summary>
public sealed class AbsFunction : ElementWiseFunction<Kernel>
{
    private AbsFunction()
        : base(default, derivativeIsOfOutput: false)
    {
    }

    /// <summary>The function; it has no settings.</summary>
    public static AbsFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(), inputs);
    }
}
