using Toolkit.Numerics.Kernels;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// A layer of long short-term memory with the gates i, o, f, c (Hochreiter and Schmidhuber, 1997), x̂ₖ being Wₖ · x + Wbₖ + Rₖ · h + Rbₖ:
/// i = f(x̂ᵢ + pᵢ ⊙ c), f = f(x̂f + pf ⊙ c), c' = f ⊙ c + i ⊙ g(x̂c), o = f(x̂ₒ + pₒ ⊙ c'), h' = o ⊙ h(c'). Beside the inputs and outputs of
/// <see cref="RecurrentOperator"/>: initial_c [D, N, H] (optional), P [D, 3 · H] (optional: pᵢ, pₒ, pf), and the output Y_c [D, N, H].
/// https://onnx.ai/onnx/operators/onnx__LSTM.html
/// </summary>
/// <param name="HiddenSize">H; null takes it from R.</param>
/// <param name="Direction">The order of the steps.</param>
/// <param name="Activations">f, g and h of each direction; null is Sigmoid, Tanh and Tanh.</param>
/// <param name="Clip">What enters a gate's activation is clamped to ±this; null does not clamp. The cell state that enters h is not: so does ONNX Runtime.</param>
/// <param name="InputForget">Whether the forget gate is 1 - i.</param>
/// <param name="BatchFirst">Whether <c>layout</c> is 1.</param>
public sealed record LSTM(
    long? HiddenSize = null,
    RecurrentDirection Direction = RecurrentDirection.Forward,
    ValueList<CellActivation>? Activations = null,
    float? Clip = null,
    bool InputForget = false,
    bool BatchFirst = false)
    : RecurrentOperator(HiddenSize, Direction, Activations, Clip, BatchFirst)
{
    /// <inheritdoc/>
    public override RecurrentCellKind Cell => RecurrentCellKind.Lstm;

    private protected override ReadOnlySpan<CellActivationKind> DefaultActivations => [CellActivationKind.Sigmoid, CellActivationKind.Tanh, CellActivationKind.Tanh];

    private protected override int MaxInputs => 8;

    internal static Operator Read(AttributeReader reader)
    {
        (long? hiddenSize, RecurrentDirection direction, float? clip, bool batchFirst) = ReadCommon(reader);
        return new LSTM(hiddenSize, direction, ReadActivations(reader), clip, reader.Flag("input_forget", false), batchFirst);
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        base.WriteAttributes(writer);
        writer.Flag("input_forget", InputForget);
    }

    private protected override void InferMore(InferenceContext context, SymbolicShape states, Dimension hidden)
    {
        RequireShape(context, 6, "initial_c", states.Dimensions);
        RequireShape(context, 7, "P", DirectionCount, Times(3, hidden));
        context.SetOutput(2, context.RequireSameType(0, 1, 2), states);
    }
}
