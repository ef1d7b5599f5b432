using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>C = the remainder of A / B. Floating-point numbers need <c>fmod</c>. https://onnx.ai/onnx/operators/onnx__Mod.html</summary>
/// <param name="Fmod">Whether the remainder has the sign of A, as C's fmod gives it; else it has the sign of B, as Python's % gives it.</param>
public sealed record Mod(bool Fmod = false) : BroadcastOperator
{
    internal static Operator Read(AttributeReader reader) => new Mod(reader.Flag("fmod", false));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Flag("fmod", Fmod);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        base.Infer(context);
        if (!Fmod && (ElementTypeSets.Of(context.Type(0)) & ElementTypeSet.Floating) != 0)
        {
            throw context.Error($"expected fmod = 1 for elements of type {context.Type(0)}, got 0.");
        }
    }

    /// <inheritdoc/>
    protected override SymbolicInteger? Fold(SymbolicInteger a, SymbolicInteger b) => b.Value is 0 or -1 ? null : SymbolicInteger.Compute(a, b, Remainder);

    private long Remainder(long a, long b)
    {
        long remainder = a % b;
        return !Fmod && remainder != 0 && (remainder ^ b) < 0 ? remainder + b : remainder;
    }
}
