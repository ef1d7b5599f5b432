using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.Logarithm;
using Record = Toolkit.Onnx.Operators.Log;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = ln x; dx = dy / x.</summary>
public sealed class LogFunction : ElementWiseFunction<Kernel>
{
    private LogFunction()
        : base(default, derivativeIsOfOutput: false)
    {
    }

    /// <summary>The function; it has no settings.</summary>
    public static LogFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(), inputs);
    }
}
