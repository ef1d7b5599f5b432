using Toolkit.Numerics.Kernels;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A layer of gated recurrent units with the gates z, r, h (Cho et al., 2014): z = f(Wz · x + Wbz + Rz · h + Rbz), r likewise,
/// h' = (1 - z) ⊙ g(Wh · x + Wbh + Rh · (r ⊙ h) + Rbh) + z ⊙ h, or with linear_before_reset g(Wh · x + Wbh + r ⊙ (Rh · h + Rbh)).
/// See <see cref="RecurrentOperator"/> for inputs and outputs. https://onnx.ai/onnx/operators/onnx__GRU.html
/// </summary>
/// <param name="HiddenSize">H; null takes it from R.</param>
/// <param name="Direction">The order of the steps.</param>
/// <param name="Activations">f and g of each direction; null is Sigmoid and Tanh.</param>
/// <param name="Clip">What enters a gate's activation is clamped to ±this; null does not clamp.</param>
/// <param name="LinearBeforeReset">Whether Rh multiplies the state before the reset gate does.</param>
/// <param name="BatchFirst">Whether <c>layout</c> is 1.</param>
public sealed record GRU(
    long? HiddenSize = null,
    RecurrentDirection Direction = RecurrentDirection.Forward,
    ValueList<CellActivation>? Activations = null,
    float? Clip = null,
    bool LinearBeforeReset = false,
    bool BatchFirst = false)
    : RecurrentOperator(HiddenSize, Direction, Activations, Clip, BatchFirst)
{
    private const int LinearBeforeResetSince = 3;

    /// <inheritdoc/>
    public override RecurrentCellKind Cell => LinearBeforeReset ? RecurrentCellKind.GruLinearBeforeReset : RecurrentCellKind.Gru;

    private protected override ReadOnlySpan<CellActivationKind> DefaultActivations => [CellActivationKind.Sigmoid, CellActivationKind.Tanh];

    internal static Operator Read(AttributeReader reader)
    {
        (long? hiddenSize, RecurrentDirection direction, float? clip, bool batchFirst) = ReadCommon(reader);
        return new GRU(hiddenSize, direction, ReadActivations(reader), clip, reader.Opset >= LinearBeforeResetSince && reader.Flag("linear_before_reset", false), batchFirst);
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        base.WriteAttributes(writer);
        writer.Flag("linear_before_reset", LinearBeforeReset);
    }
}
