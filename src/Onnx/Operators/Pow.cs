namespace Toolkit.Onnx.Operators;

/// <summary>Z = X^Y, element by element with broadcasting; Z has X's type, Y may have another. https://onnx.ai/onnx/operators/onnx__Pow.html</summary>
public sealed record Pow : Operator
{
    internal static Operator Read(AttributeReader reader)
    {
        BroadcastOperator.ReadLegacyBroadcast(reader);
        return new Pow();
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(0, ElementTypeSet.Floating | ElementTypeSet.Signed);
        context.RequireType(1, ElementTypeSet.Numeric);
        context.SetOutput(0, context.Type(0), context.Broadcast(0, 1));
    }
}
