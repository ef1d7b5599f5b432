namespace Toolkit.Onnx.Operators;

/// <summary>
/// The Fourier transforms of overlapping frames of signals. Inputs: signal [batch, length, 1 or 2], frame step (an integer scalar), window
/// (optional, [frame length]), frame length (optional, an integer scalar). Output: [batch, frames, frequencies, 2]. https://onnx.ai/onnx/operators/onnx__STFT.html
/// </summary>
/// <param name="OneSided">Whether the spectrum has only the first half of the frequencies, which for a real signal says all.</param>
public sealed record STFT(bool OneSided = true) : Operator
{
    internal static Operator Read(AttributeReader reader) => new STFT(reader.Flag("onesided", true));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Flag("onesided", OneSided);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 4);
        context.RequireType(0, ElementTypeSet.Floating);
        context.RequireType(1, ElementTypeSet.Signed);
        context.RequireType(3, ElementTypeSet.Signed);
        context.RequireRank(0, 3);
        context.RequireRank(2, 1);
        context.RequireSameType(0, 2);
        for (int input = 1; input < 4; input += 2)
        {
            if (context.Shape(input)?.ElementCount is { } count and not 1)
            {
                throw context.Error($"expected a scalar as input {input}, got {context.Shape(input)}.");
            }
        }

        SymbolicShape? signal = context.Shape(0);
        if (signal?[2].Size is not (null or 1 or 2))
        {
            throw context.Error($"expected signals [batch, length, 1] or [batch, length, 2], got {signal}.");
        }

        if (OneSided && signal?[2].Size == 2)
        {
            throw context.Error($"expected real signals [batch, length, 1] for one side of the spectrum, got {signal}.");
        }

        Dimension frame = context.Elements(3) is [var element] ? element.ToDimension() : Dimension.Unknown;
        frame = context.HasInput(2) && context.Shape(2) is { } window ? context.Unify(window[0], frame, "the window and the frame length") : frame;
        if (!context.HasInput(2) && !context.HasInput(3))
        {
            throw context.Error("expected a window or a frame length, got neither.");
        }

        long? step = context.Elements(1) is [var single] ? single.Value : null;
        if (step < 1 || frame.Size < 1 || frame.Size > signal?[1].Size)
        {
            throw context.Error($"expected frames of 1 to {signal?[1]} elements and steps of 1 or more, got {frame} and {step}.");
        }

        Dimension frames = frame.Size is { } length && step is { } known && signal?[1].Size is { } total ? ((total - length) / known) + 1 : Dimension.Unknown;
        Dimension frequencies = frame.Size is { } size ? (OneSided ? (size / 2) + 1 : size) : OneSided ? Dimension.Unknown : frame;
        context.SetOutput(0, context.Type(0), new SymbolicShape(signal is null ? Dimension.Unknown : signal[0], frames, frequencies, 2));
    }
}
