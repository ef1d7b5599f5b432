namespace Toolkit.Onnx.Operators;

/// <summary>The attribute <c>p</c> of a p-norm: a float in opset 1, an int since.</summary>
internal static class NormOrder
{
    private const int IntSince = 2;

    public static float Read(AttributeReader reader) => reader.Opset < IntSince ? reader.Float("p", 2) : reader.Int("p", 2);

    public static void Write(AttributeWriter writer, float p) => writer.Int("p", p == (long)p ? (long)p
        : throw writer.Error($"expected a whole 'p', which opset {IntSince} made an int, got {p}."));

    public static void Require(InferenceContext context, float p)
    {
        if (!(p > 0) || !float.IsFinite(p))
        {
            throw context.Error($"expected 'p' above 0, got {p}.");
        }
    }
}
