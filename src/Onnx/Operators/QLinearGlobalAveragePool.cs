using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>The average of a quantized X over all spatial axes, quantized again, of the domain com.microsoft.</summary>
/// <param name="ChannelsLast">Whether X is [N, D1, …, C] instead of [N, C, D1, …].</param>
public sealed record QLinearGlobalAveragePool(bool ChannelsLast = false) : QLinearUnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new QLinearGlobalAveragePool(reader.Flag("channels_last", false));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Flag("channels_last", ChannelsLast);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        ElementType type = RequireInputs(context);
        if (context.Shape(0) is not { } x)
        {
            context.SetOutput(0, type, null);
            return;
        }

        if (x.Rank < 3)
        {
            throw context.Error($"expected X of rank 3 or more ([N, C, D1, …]), got {x}.");
        }

        Dimension[] ones = [.. Enumerable.Repeat(new Dimension(1), x.Rank - 2)];
        context.SetOutput(0, type, ChannelsLast ? new SymbolicShape([x[0], .. ones, x[x.Rank - 1]]) : new SymbolicShape([x[0], x[1], .. ones]));
    }
}
