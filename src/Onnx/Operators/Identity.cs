namespace Toolkit.Onnx.Operators;

/// <summary>y = x. https://onnx.ai/onnx/operators/onnx__Identity.html</summary>
public sealed record Identity : UnaryOperator
{
    internal static Operator Read(AttributeReader reader) => new Identity();

    /// <inheritdoc/>
    protected override ElementTypeSet Types => ElementTypeSet.All;

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
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
