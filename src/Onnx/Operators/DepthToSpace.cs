using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Blocks of channels become blocks of pixels: [N, C, H, W] gives [N, C / b², H · b, W · b].
/// https://onnx.ai/onnx/operators/onnx__DepthToSpace.html
/// </summary>
/// <param name="BlockSize">b.</param>
/// <param name="ColumnRowDepth">Whether channels are ordered depth, row, column (<c>mode</c> CRD) instead of row, column, depth (DCR).</param>
public sealed record DepthToSpace(long BlockSize, bool ColumnRowDepth = false) : Operator
{
    private const int ModeSince = 11;

    private static readonly string[] Modes = ["DCR", "CRD"];

    internal static Operator Read(AttributeReader reader) => new DepthToSpace(
        reader.Has("blocksize") ? reader.Int("blocksize", 0) : throw reader.Error("expected attribute 'blocksize', which is not optional."),
        reader.Opset >= ModeSince && TextChoice.Read(reader, "mode", 0, Modes) == 1);

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Int("blocksize", BlockSize);
        if (writer.Opset >= ModeSince)
        {
            writer.String("mode", Modes[ColumnRowDepth ? 1 : 0]);
        }
        else if (ColumnRowDepth)
        {
            throw writer.Error($"mode CRD needs opset {ModeSince}, got {writer.Opset}; write a newer opset.");
        }
    }

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
            : size % area == 0 ? size / area
            : throw context.Error($"expected channels that divide by blocksize² = {area}, got {size}.");
        context.SetOutput(0, context.Type(0), new SymbolicShape(x[0], channels, Scaled(x[2]), Scaled(x[3])));

        Dimension Scaled(Dimension dimension) => dimension.Size is not { } known ? Dimension.Unknown
            : known <= long.MaxValue / BlockSize ? known * BlockSize
            : throw context.Error($"{known} times {BlockSize} does not fit 64 bits.");
    }
}
