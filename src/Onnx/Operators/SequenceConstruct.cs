namespace Toolkit.Onnx.Operators;

/// <summary>A sequence of the inputs, tensors of one element type. https://onnx.ai/onnx/operators/onnx__SequenceConstruct.html</summary>
public sealed record SequenceConstruct : SequenceOperator
{
    internal static Operator Read(AttributeReader reader) => new SequenceConstruct();

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, int.MaxValue);
        TensorType? element = null;
        for (int i = 0; i < context.InputCount; i++)
        {
            context.RequireTensor(i);
            var type = (TensorType)(context.ValueType(i) ?? throw context.Error($"expected a tensor as input {i}, got an empty name."));
            element = element is null ? type
                : type.Fits(element) ? Join(element, type)
                : throw context.Error($"expected {element.ElementType} elements in input {i}, as in the inputs before it, got {type.ElementType}.");
        }

        context.SetOutput(0, new SequenceType(element!));
    }
}
