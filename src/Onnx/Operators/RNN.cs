using Toolkit.Numerics.Kernels;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A plain recurrent layer: h' = f(W · x + Wb + R · h + Rb); see <see cref="RecurrentOperator"/> for inputs and outputs.
/// https://onnx.ai/onnx/operators/onnx__RNN.html
/// </summary>
/// <param name="HiddenSize">H; null takes it from R.</param>
/// <param name="Direction">The order of the steps.</param>
/// <param name="Activations">f of each direction; null is Tanh.</param>
/// <param name="Clip">What enters a gate's activation is clamped to ±this; null does not clamp.</param>
/// <param name="BatchFirst">Whether <c>layout</c> is 1.</param>
public sealed record RNN(
    long? HiddenSize = null, RecurrentDirection Direction = RecurrentDirection.Forward, ValueList<CellActivation>? Activations = null, float? Clip = null, bool BatchFirst = false)
    : RecurrentOperator(HiddenSize, Direction, Activations, Clip, BatchFirst)
{
    /// <inheritdoc/>
    public override RecurrentCellKind Cell => RecurrentCellKind.Rnn;

    private protected override ReadOnlySpan<CellActivationKind> DefaultActivations => [CellActivationKind.Tanh];

    internal static Operator Read(AttributeReader reader)
    {
        (long? hiddenSize, RecurrentDirection direction, float? clip, bool batchFirst) = ReadCommon(reader);
        return new RNN(hiddenSize, direction, ReadActivations(reader), clip, batchFirst);
    }
}
