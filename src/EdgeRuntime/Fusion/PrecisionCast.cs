using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// y = x as another type: what <see cref="PrecisionWidening"/> puts around a node that is computed in a wider type. It lives in
/// the engine alone and is in no file, so that passes can tell it from a Cast that the model asks for.
/// </summary>
/// <param name="To">The element type of y.</param>
internal sealed record PrecisionCast(ElementType To) : Operator
{
    /// <inheritdoc/>
    public override string OpType => To is ElementType.Float32 or ElementType.Float64 ? "Widen" : "Round";

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Int("to", (long)To);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireType(0, ElementTypeSet.Numeric);
        context.SetOutput(0, To, context.Shape(0));
    }
}
