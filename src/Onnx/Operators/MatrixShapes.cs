namespace Toolkit.Onnx.Operators;

/// <summary>Shapes around products of matrices by NumPy's rule.</summary>
internal static class MatrixShapes
{
    /// <summary>The product's shape; null where the rank of a factor is not known.</summary>
    public static SymbolicShape? Product(InferenceContext context, int left, int right)
    {
        if (context.Shape(left) is not { } a || context.Shape(right) is not { } b)
        {
            return null;
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

        return new SymbolicShape([.. result]);
    }

    /// <summary>Checks a parameter of the left matrix: a scalar, [M], or its shape with K of 1.</summary>
    public static void RequireLeft(InferenceContext context, int input, string name, int matrix) => RequireParameter(context, input, name, matrix, 2, 1);

    /// <summary>Checks a parameter of the right matrix: a scalar, [N], or its shape with K of 1.</summary>
    public static void RequireRight(InferenceContext context, int input, string name, int matrix) => RequireParameter(context, input, name, matrix, 1, 2);

    private static void RequireParameter(InferenceContext context, int input, string name, int matrix, int kept, int contracted)
    {
        if (context.Shape(input) is not { } shape || context.Shape(matrix) is not { } of || shape.ElementCount is null or 1)
        {
            return;
        }

        Dimension size = of.Rank >= 2 ? of[of.Rank - kept] : 1;
        bool fits = shape.Rank == 1 ? Agree(shape[0], size) : shape.Rank == of.Rank;
        for (int axis = 1; fits && shape.Rank > 1 && axis <= shape.Rank; axis++)
        {
            fits = Agree(shape[shape.Rank - axis], axis == contracted ? 1 : of[of.Rank - axis]);
        }

        if (!fits)
        {
            throw context.Error($"expected a scalar, {size} numbers or the shape {of} with 1 on the contracted axis for {name}, got {shape}.");
        }
    }

    private static bool Agree(Dimension a, Dimension b) => a.Size is not { } x || b.Size is not { } y || x == y;
}
