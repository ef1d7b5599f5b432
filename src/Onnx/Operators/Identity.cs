namespace Toolkit.Onnx.Operators;

/// <summary>y = x, a tensor or any other value. https://onnx.ai/onnx/operators/onnx__Identity.html</summary>
public sealed record Identity : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Identity();

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.All;

    /// <inheritdoc/>
    public override bool TakesContainers => true;

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        if (context.ValueType(0) is { } type and not TensorType)
        {
            context.RequireInputs(1, 1);
            context.SetOutput(0, type);
            return;
        }

        base.Infer(context);
        if (context.Constant(0) is { } constant)
        {
            context.SetConstant(0, constant);
        }
        else if (context.Elements(0) is { } elements)
        {
            context.SetElements(0, elements);
        }
    }
}
