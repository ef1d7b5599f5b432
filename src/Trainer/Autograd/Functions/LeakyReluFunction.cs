using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.LeakyRelu;
using Record = Toolkit.Onnx.Operators.LeakyRelu;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = x where x &gt; 0, else α · x; dx = dy where y &gt; 0, else α · dy.</summary>
public sealed class LeakyReluFunction : ElementWiseFunction<Kernel>
{
    /// <summary>Makes the function.</summary>
    /// <param name="alpha">α, the slope below 0: 0.3 in Keras's layer, 0.2 in its function, 0.01 in ONNX and PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is negative or not a number.</exception>
    public LeakyReluFunction(float alpha)
        : base(new Kernel(alpha), derivativeIsOfOutput: true) => Alpha = Require.NotNegative("LeakyRelu", alpha, nameof(alpha));

    /// <summary>α.</summary>
    public float Alpha { get; }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(Alpha), inputs);
    }
}
