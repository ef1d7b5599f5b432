namespace Toolkit.Onnx.Operators;

/// <summary>
/// A sequence with one more tensor. Inputs: sequence, tensor, position (int32 or int64, optional: from -n to n; the end where it is left out).
/// https://onnx.ai/onnx/operators/onnx__SequenceInsert.html
/// </summary>
public sealed record SequenceInsert : SequenceOperator
{
    internal static Operator Read(AttributeReader reader) => new SequenceInsert();

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 3);
        OnnxType element = RequireSequence(context, 0);
        OnnxType inserted = context.ValueType(1)!;
        RequirePosition(context, 2);
        if (!inserted.Fits(element))
        {
            throw context.Error($"expected {element} as input 1, as the sequence holds, got {inserted}.");
        }

        context.SetOutput(0, new SequenceType(element is TensorType a && inserted is TensorType b ? Join(a, b) : element));
    }
}
