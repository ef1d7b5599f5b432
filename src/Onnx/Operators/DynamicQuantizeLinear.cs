using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// x as uint8 with the scale that its own range gives: y_scale = (max(0, x) - min(0, x)) / 255, y_zero_point = saturate(round(-min(0, x) / y_scale)),
/// y = saturate(round(x / y_scale) + y_zero_point). Outputs: y, y_scale (float32), y_zero_point (uint8).
/// https://onnx.ai/onnx/operators/onnx__DynamicQuantizeLinear.html
/// </summary>
public sealed record DynamicQuantizeLinear : Operator
{
    internal static Operator Read(AttributeReader reader) => new DynamicQuantizeLinear();

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.Floating);
        context.SetOutput(0, ElementType.UInt8, context.Shape(0));
        context.SetOutput(1, ElementType.Float32, new SymbolicShape());
        context.SetOutput(2, ElementType.UInt8, new SymbolicShape());
    }
}
