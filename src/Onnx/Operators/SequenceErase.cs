namespace Toolkit.Onnx.Operators;

/// <summary>
/// A sequence without one of its elements. Inputs: sequence, position (int32 or int64, optional: from -n to n - 1; the last where it is left out).
/// https://onnx.ai/onnx/operators/onnx__SequenceErase.html
/// </summary>
public sealed record SequenceErase : SequenceOperator
{
    internal static Operator Read(AttributeReader reader) => new SequenceErase();

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 2);
        OnnxType element = RequireSequence(context, 0);
        RequirePosition(context, 1);
        context.SetOutput(0, new SequenceType(element));
    }
}
