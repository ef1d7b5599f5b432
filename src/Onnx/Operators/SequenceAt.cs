namespace Toolkit.Onnx.Operators;

/// <summary>
/// One element of a sequence. Inputs: sequence, position (int32 or int64, from -n to n - 1). https://onnx.ai/onnx/operators/onnx__SequenceAt.html
/// </summary>
public sealed record SequenceAt : SequenceOperator
{
    internal static Operator Read(AttributeReader reader) => new SequenceAt();

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        OnnxType element = RequireSequence(context, 0);
        RequirePosition(context, 1);
        context.SetOutput(0, element);
    }
}
