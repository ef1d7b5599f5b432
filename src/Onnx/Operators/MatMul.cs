using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Y = A · B of matrices [M,K] and [K,N], batched over the axes before the last two, which broadcast. A vector A is a row,
/// a vector B a column, and that axis is dropped from Y. https://onnx.ai/onnx/operators/onnx__MatMul.html
/// </summary>
public sealed record MatMul : Operator
{
    internal static Operator Read(AttributeReader reader) => new MatMul();

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(0, ElementTypeSet.Numeric);
        context.RequireType(1, ElementTypeSet.Numeric);
        ElementType type = context.RequireSameType(0, 1);
        if (context.Shape(0) is not { } a || context.Shape(1) is not { } b)
        {
            context.SetOutput(0, type, null);
            return;
        }

        if (a.Rank == 0 || b.Rank == 0)
        {
            throw context.Error($"expected A and B of rank 1 or more, got {a} and {b}.");
        }

        context.RequireEqual(a[a.Rank - 1], b[Math.Max(0, b.Rank - 2)], "the contracted size K of A and B");
        var result = new List<Dimension>();
        var batchA = new SymbolicShape(a.Dimensions[..Math.Max(0, a.Rank - 2)]);
        var batchB = new SymbolicShape(b.Dimensions[..Math.Max(0, b.Rank - 2)]);
        result.AddRange(context.Broadcast(batchA, batchB).Dimensions);
        if (a.Rank > 1)
        {
            result.Add(a[a.Rank - 2]);
        }

        if (b.Rank > 1)
        {
            result.Add(b[b.Rank - 1]);
        }

        context.SetOutput(0, type, new SymbolicShape([.. result]));
    }

    /// <summary>The elements of Y, times K.</summary>
    public override long? CountMultiplyAccumulates(InferenceContext context) =>
        context.Shape(0) is { Rank: > 0 } a && a[a.Rank - 1].Size is { } k ? context.OutputShape(0)?.ElementCount * k : null;
}
