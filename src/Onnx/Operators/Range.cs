using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>start, start + delta, … up to limit, which is left out. Inputs: three scalars of one type: start, limit, delta. https://onnx.ai/onnx/operators/onnx__Range.html</summary>
public sealed record Range : Operator
{
    // Where even a tensor of single bytes could not be addressed.
    private const double MaxCount = 1L << 62;

    internal static Operator Read(AttributeReader reader) => new Range();

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(3, 3);
        for (int input = 0; input < 3; input++)
        {
            context.RequireType(input, ElementTypeSet.Numeric);
            if (context.Shape(input)?.ElementCount is { } elements and not 1)
            {
                throw context.Error($"expected a scalar as input {input}, got {context.Shape(input)}.");
            }
        }

        ElementType type = context.RequireSameType(0, 1, 2);
        long? count = Count(context, type);
        context.SetOutput(0, type, new SymbolicShape(count is { } known ? new Dimension(known) : Dimension.Unknown));
        if (count is <= 256 && context.Elements(0) is [{ Value: { } first }] && context.Elements(2) is [{ Value: { } step }])
        {
            context.SetElements(0, [.. Enumerable.Range(0, (int)count).Select(i => new SymbolicInteger(unchecked(first + (i * step))))]);
        }
    }

    // Between integers exactly; between real numbers the difference is taken in their own type, as NumPy and ONNX Runtime do.
    private static long? Count(InferenceContext context, ElementType type)
    {
        if ((ElementTypeSets.Of(type) & ElementTypeSet.Integer) != 0)
        {
            if (Integer(context, 0) is not { } start || Integer(context, 1) is not { } limit || Integer(context, 2) is not { } delta)
            {
                return null;
            }

            Int128 count = delta == 0 ? throw ZeroDelta(context)
                : ((Int128)limit - start + delta - Math.Sign(delta)) / delta;
            return (long)Int128.Clamp(count, 0, long.MaxValue);
        }

        if (ScalarConstant.Real(context.Constant(0)) is not { } first || ScalarConstant.Real(context.Constant(1)) is not { } last || ScalarConstant.Real(context.Constant(2)) is not { } step)
        {
            return null;
        }

        double difference = type == ElementType.Float64 ? last - first : (float)(last - first);
        double real = step == 0 ? throw ZeroDelta(context) : Math.Ceiling(difference / step);
        return real is >= -MaxCount and <= MaxCount ? Math.Max(0, (long)real)
            : throw context.Error($"expected a range of fewer numbers, got one from {first} to {last} by {step}.");
    }

    // uint64 beyond the greatest int64 only shortens a range that no memory holds.
    private static long? Integer(InferenceContext context, int input) =>
        context.Elements(input) is [{ Value: { } value }] ? value : ScalarConstant.Integer(context.Constant(input));

    private static OnnxModelException ZeroDelta(InferenceContext context) => context.Error("expected a delta other than 0.");
}
