using Toolkit.Numerics;
using Kernel = Toolkit.Numerics.Kernels.Elu;
using Record = Toolkit.Onnx.Operators.Elu;

namespace Toolkit.Trainer.Autograd.Functions;

/// <summary>y = x where x &gt; 0, else α · (eˣ - 1); dx = dy where y &gt; 0, else dy · (y + α).</summary>
public sealed class EluFunction : ElementWiseFunction<Kernel>
{
    /// <summary>Makes the function.</summary>
    /// <param name="alpha">α, minus the limit for x to -∞.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is negative or not a number.</exception>
    public EluFunction(float alpha = 1)
        : base(new Kernel(alpha), derivativeIsOfOutput: true) => Alpha = Require.NotNegative("Elu", alpha, nameof(alpha));

    /// <summary>α.</summary>
    public float Alpha { get; }

    /// <inheritdoc/>
    public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return sink.Add(new Record(Alpha), inputs);
    }
}
