namespace Toolkit.Onnx.Operators;

/// <summary>The p-norm over all spatial axes: (Σ |x|ᵖ)^(1/p). https://onnx.ai/onnx/operators/onnx__GlobalLpPool.html</summary>
/// <param name="P">p. Opset 1 allows fractions.</param>
public sealed record GlobalLpPool(float P = 2) : GlobalPoolOperator
{
    internal static Operator Read(AttributeReader reader) => new GlobalLpPool(NormOrder.Read(reader));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => NormOrder.Write(writer, P);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        base.Infer(context);
        NormOrder.Require(context, P);
    }
}
