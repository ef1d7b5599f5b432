using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Blocks of pixels become blocks of channels, ordered row, column, depth: [N, C, H, W] gives [N, C · b², H / b, W / b].
/// https://onnx.ai/onnx/operators/onnx__SpaceToDepth.html
/// </summary>
/// <param name="BlockSize">b.</param>
public sealed record SpaceToDepth(long BlockSize) : Operator
{
    internal static Operator Read(AttributeReader reader) => new SpaceToDepth(
        reader.Has("blocksize") ? reader.Int("blocksize", 0) : throw reader.Error("expected attribute 'blocksize', which is not optional."));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.Int("blocksize", BlockSize);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        context.RequireRank(0, 4);
        if (BlockSize is < 1 or > int.MaxValue)
        {
            throw context.Error($"expected 'blocksize' from 1 to {int.MaxValue}, got {BlockSize}.");
        }

        if (context.Shape(0) is not { } x)
        {
            context.SetOutput(0, context.Type(0), new SymbolicShape(new Dimension[4]));
            return;
        }

        long area = BlockSize * BlockSize;
        Dimension channels = x[1].Size is not { } size ? Dimension.Unknown
            : size <= long.MaxValue / area ? size * area
            : throw context.Error($"{size} channels times {area} do not fit 64 bits.");
        context.SetOutput(0, context.Type(0), new SymbolicShape(x[0], channels, Divided(x[2]), Divided(x[3])));

        Dimension Divided(Dimension dimension) => dimension.Size is not { } known ? Dimension.Unknown
            : known % BlockSize == 0 ? known / BlockSize
            : throw context.Error($"expected spatial sizes that divide by blocksize {BlockSize}, got {x}.");
    }
}
