using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.Square;
using Record = Toolkit.Onnx.Operators.Mul;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = x²; dx = 2 · x · dy. Written as a product.</summary>
public sealed class SquareFunction : ElementWiseFunction<Kernel>
{
    private SquareFunction()
        : base(default, derivativeIsOfOutput: false)
    {
    }

    /// <summary>The function; it has no settings.</summary>
    public static SquareFunction Instance { get; } = new();

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(), inputs[0], inputs[0]);
    }
}
