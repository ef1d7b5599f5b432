using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>The number of elements of a sequence, int64. https://onnx.ai/onnx/operators/onnx__SequenceLength.html</summary>
public sealed record SequenceLength : SequenceOperator
{
    internal static Operator Read(AttributeReader reader) => new SequenceLength();

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        RequireSequence(context, 0);
        context.SetOutput(0, ElementType.Int64, new SymbolicShape());
    }
}
