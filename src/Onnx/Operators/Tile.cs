using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// x repeated along each axis. Inputs: x, repeats (int64 [rank]). Before opset 6 one axis was repeated, by inputs tiles and axis of x's type.
/// https://onnx.ai/onnx/operators/onnx__Tile.html
/// </summary>
public sealed record Tile : Operator
{
    private const int RepeatsSince = 6;

    internal static Operator Read(AttributeReader reader)
    {
        if (reader.Opset < RepeatsSince)
        {
            ReadAxisForm(reader);
        }

        return new Tile();
    }

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
    }

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(2, 2);
        context.RequireType(1, ElementTypeSet.Signed);
        context.RequireRank(1, 1);
        if (context.Shape(0) is not { } x)
        {
            context.SetOutput(0, context.Type(0), null);
            return;
        }

        var result = new Dimension[x.Rank];
        if (context.Shape(1) is { } list)
        {
            context.RequireEqual(list[0], x.Rank, "the rank of x and repeats");
        }

        IReadOnlyList<SymbolicInteger>? repeats = context.Elements(1);
        for (int axis = 0; repeats is not null && axis < result.Length; axis++)
        {
            result[axis] = repeats[axis].Value switch
            {
                < 0 => throw context.Error($"expected repeats of 0 or more, got [{string.Join(',', repeats)}]."),
                0 => 0,
                1 => x[axis],
                { } count when x[axis].Size is { } size => size == 0 || count <= long.MaxValue / size ? size * count
                    : throw context.Error("the number of elements does not fit 64 bits."),
                _ => Dimension.Unknown,
            };
        }

        context.SetOutput(0, context.Type(0), new SymbolicShape(result));
    }

    // The repeats are 1 everywhere but at the axis.
    private static void ReadAxisForm(AttributeReader reader)
    {
        if (reader.InputShape(0)?.Rank is not { } rank)
        {
            throw reader.Unsupported($"a Tile before opset {RepeatsSince} is not supported where the rank of x is not known; convert the model.");
        }

        string one = reader.AddConstant("one", Tensor.Vector(1L));
        string tiles = reader.AddNode(new Reshape(), reader.AddNode(new Cast(ElementType.Int64), reader.Input(1)), one);
        string scalar = reader.AddConstant("scalar", Tensor.Vector<long>([]));
        string axis = reader.AddNode(new Reshape(), reader.AddNode(new Cast(ElementType.Int64), reader.Input(2)), scalar);
        string depth = reader.AddConstant("rank", Tensor.Scalar((long)rank));
        reader.SetInput(1, reader.AddNode(new OneHot(0), axis, depth, reader.AddNode(new Concat(0), one, tiles)));
        reader.SetInput(2, "");
    }
}
