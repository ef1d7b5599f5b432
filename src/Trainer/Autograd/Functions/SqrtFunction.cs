using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.SquareRoot;
using Record = Toolkit.Onnx.Operators.Sqrt;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = √x; dx = dy / (2 y).</summary>
public sealed class SqrtFunction : ElementWiseFunction<Kernel>
{
    private SqrtFunction()
        : base(default, derivativeIsOfOutput: true)
    {
    }

    /// <summary>The function; it has no settings.</summary>
    public static SqrtFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(), inputs);
    }
}
