namespace Toolkit.Onnx.Operators;

/// <summary>
/// The same elements under another shape. Inputs: data, shape (int64 [k]): 0 copies data's size on that axis, one -1 takes
/// what is left. https://onnx.ai/onnx/operators/onnx__Reshape.html
/// </summary>
/// <param name="AllowZero">Whether 0 in shape means a size of 0 instead.</param>
public sealed record Reshape(bool AllowZero = false) : Operator
{
    /// <summary>The opset that brought <c>allowzero</c>.</summary>
    private const int AllowZeroSince = 14;

    private const int ShapeInputSince = 5;

    internal static Operator Read(AttributeReader reader)
    {
        if (reader.Opset < ShapeInputSince)
        {
            reader.IntsToInput("shape", 1);
        }

        return new Reshape(reader.Opset >= AllowZeroSince && reader.Flag("allowzero", false));
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        if (writer.Opset >= AllowZeroSince)
        {
            writer.Flag("allowzero", AllowZero);
        }
        else if (AllowZero)
        {
            throw writer.Error($"allowzero needs opset {AllowZeroSince}, got {writer.Opset}; write a newer opset.");
        }
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(1, ElementTypeSet.Signed);
        context.RequireRank(1, 1);
        SymbolicShape? shape = context.Elements(1) is { } target ? Resolve(context, context.Shape(0), target)
            : context.Shape(1) is { Rank: 1 } list && list[0].Size is <= Numerics.Shape.MaxRank and { } rank ? new SymbolicShape(new Dimension[rank])
            : null;
        context.SetOutput(0, context.Type(0), shape);
        if (shape?.Rank <= 1 && context.Elements(0) is { } elements)
        {
            context.SetElements(0, elements);
        }
    }

    private SymbolicShape Resolve(InferenceContext context, SymbolicShape? data, IReadOnlyList<SymbolicInteger> target)
    {
        var result = new Dimension[target.Count];
        int inferred = -1;

        // What of data's sizes is not accounted for yet: the symbols and unknowns one by one, the numbers as a product.
        List<Dimension>? left = data is null ? null : [.. data.Dimensions];
        for (int axis = 0; axis < result.Length; axis++)
        {
            switch (target[axis].Value)
            {
                case -1 when inferred >= 0:
                    throw context.Error($"expected one -1 at most in the shape, got [{string.Join(',', target)}].");
                case -1:
                    inferred = axis;
                    break;
                case < -1:
                    throw context.Error($"expected sizes of -1 or more in the shape, got [{string.Join(',', target)}].");
                case 0 when !AllowZero && data is not null:
                    result[axis] = axis < data.Rank ? data[axis] : throw context.Error($"the shape copies axis {axis}, but data is {data}.");
                    left?.Remove(data[axis]);
                    break;
                case 0 when !AllowZero:
                    break;
                default:
                    result[axis] = target[axis].ToDimension();
                    if (result[axis].Symbol is not null && left?.Remove(result[axis]) != true)
                    {
                        left = null;
                    }

                    break;
            }

            if (result[axis] == Dimension.Unknown && axis != inferred && target[axis].Value != 0)
            {
                left = null;
            }
        }

        if (left is null)
        {
            return new SymbolicShape(result);
        }

        long product = 1;
        for (int axis = 0; axis < result.Length; axis++)
        {
            // Copied sizes are gone from both sides.
            bool copied = target[axis].Value == 0 && !AllowZero;
            product = axis == inferred || copied || result[axis].Size is not { } size ? product : Multiply(context, product, size);
        }

        long known = 1;
        List<Dimension> unknown = left.FindAll(dimension => !dimension.IsKnown);
        foreach (Dimension dimension in left)
        {
            known = dimension.Size is { } size ? Multiply(context, known, size) : known;
        }

        Settle(context, data!, target, result, inferred, unknown, known, product);
        return new SymbolicShape(result);
    }

    /// <summary>Compares what is left of data with what the shape asks for, and finds the size that -1 stands for.</summary>
    private static void Settle(
        InferenceContext context, SymbolicShape data, IReadOnlyList<SymbolicInteger> target, Dimension[] result, int inferred, List<Dimension> unknown, long known, long product)
    {
        if (unknown.Count == 0)
        {
            if (inferred < 0 ? known != product : product == 0 ? known != 0 : known % product != 0)
            {
                throw context.Error($"expected a shape with as many elements as data {data}, got [{string.Join(',', target)}].");
            }

            if (inferred >= 0)
            {
                result[inferred] = product == 0 ? 0 : known / product;
            }
        }
        else if (inferred >= 0 && unknown.Count == 1 && known == product)
        {
            result[inferred] = unknown[0];
        }
    }

    private static long Multiply(InferenceContext context, long a, long b) => b == 0 || a <= long.MaxValue / b
        ? a * b
        : throw context.Error("the number of elements does not fit 64 bits.");
}
