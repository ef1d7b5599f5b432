using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>C = f(A, B), element by element, both broadcast by NumPy's rule. https://github.com/onnx/onnx/blob/main/docs/Broadcasting.md</summary>
public abstract record BroadcastOperator : Operator
{
    /// <summary>The element types of A and B.</summary>
    protected virtual ElementTypeSet Types => ElementTypeSet.Numeric;

    /// <summary>The element type of C for that of A and B.</summary>
    protected virtual ElementType ResultType(ElementType type) => type;

    /// <summary>The result for two elements of a shape computation, or null where it is not known.</summary>
    protected virtual SymbolicInteger? Fold(SymbolicInteger a, SymbolicInteger b) => null;

    /// <summary>
    /// Before opset 7, B broadcast to A only, and only where <c>broadcast</c> was 1: its axes are A's from <c>axis</c> on, or
    /// A's last. Axes of size 1 behind B's make that NumPy's rule.
    /// </summary>
    internal static void ReadLegacyBroadcast(AttributeReader reader)
    {
        if (reader.Opset >= 7)
        {
            return;
        }

        bool broadcast = reader.Flag("broadcast", false);
        if (!reader.Has("axis"))
        {
            return;
        }

        int axis = reader.Axis("axis", 0);
        if (reader.InputShape(0)?.Rank is not { } rank || reader.InputShape(1)?.Rank is not { } rankB)
        {
            throw reader.Unsupported("broadcasting along an axis is not supported where a rank is not known; convert the model to opset 7 or newer.");
        }

        int trailing = rank - rankB - (axis < 0 ? axis + rank : axis);
        if (!broadcast || trailing < 0)
        {
            throw reader.Error($"expected an axis along which B broadcasts to A, of ranks {rankB} and {rank}, got {axis}.");
        }

        if (trailing > 0)
        {
            string axes = reader.AddConstant("axes", Tensor.Vector<long>([.. Enumerable.Range(rankB, trailing).Select(i => (long)i)]));
            reader.SetInput(1, reader.AddNode(new Unsqueeze(), reader.Input(1), axes));
        }
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(0, Types);
        context.RequireType(1, Types);
        context.SetOutput(0, ResultType(context.RequireSameType(0, 1)), context.Broadcast(0, 1));
        if (context.Elements(0) is { Count: > 0 } a && context.Elements(1) is { Count: > 0 } b && (a.Count == b.Count || a.Count == 1 || b.Count == 1))
        {
            var result = new SymbolicInteger[Math.Max(a.Count, b.Count)];
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = Fold(a[a.Count == 1 ? 0 : i], b[b.Count == 1 ? 0 : i]) ?? default(SymbolicInteger);
            }

            context.SetElements(0, result);
        }
    }
}
