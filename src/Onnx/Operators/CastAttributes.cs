using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>What Cast and CastLike have in common.</summary>
internal static class CastAttributes
{
    /// <summary>The opset that brought <c>saturate</c>.</summary>
    private const int SaturateSince = 19;

    /// <summary>The opset that brought <c>round_mode</c>.</summary>
    private const int RoundModeSince = 24;

    private static readonly (string Name, ScaleRounding Rounding)[] RoundModes =
        [("up", ScaleRounding.Up), ("down", ScaleRounding.Down), ("nearest", ScaleRounding.Nearest)];

    /// <summary>Reads <c>saturate</c>.</summary>
    public static bool ReadSaturate(AttributeReader reader) => reader.Opset < SaturateSince || reader.Flag("saturate", true);

    /// <summary>Reads <c>round_mode</c>.</summary>
    public static ScaleRounding ReadRoundMode(AttributeReader reader)
    {
        if (reader.Opset < RoundModeSince)
        {
            return ScaleRounding.Up;
        }

        string name = reader.String("round_mode", "up");
        foreach ((string known, ScaleRounding rounding) in RoundModes)
        {
            if (name == known)
            {
                return rounding;
            }
        }

        throw reader.Error($"expected 'round_mode' to be one of up, down, nearest, got '{name}'.");
    }

    /// <summary>Writes both, as far as the opset has them.</summary>
    public static void Write(AttributeWriter writer, bool saturate, ScaleRounding rounding)
    {
        if (writer.Opset >= RoundModeSince)
        {
            writer.String("round_mode", Array.Find(RoundModes, mode => mode.Rounding == rounding).Name);
        }
        else if (rounding != ScaleRounding.Up)
        {
            throw writer.Error($"'round_mode' needs opset {RoundModeSince}, got {writer.Opset}; write a newer opset.");
        }

        if (writer.Opset >= SaturateSince)
        {
            writer.Flag("saturate", saturate);
        }
        else if (!saturate)
        {
            throw writer.Error($"'saturate' needs opset {SaturateSince}, got {writer.Opset}; write a newer opset.");
        }
    }

    /// <summary>The output's elements are the input's where the type holds each of those that are known: an integer that wraps around or is rounded is another number.</summary>
    public static void SetElements(InferenceContext context, ElementType to)
    {
        (long least, long greatest) = to switch
        {
            ElementType.Int64 or ElementType.Undefined => (long.MinValue, long.MaxValue),
            ElementType.Int32 => (int.MinValue, int.MaxValue),
            ElementType.UInt32 => (0, uint.MaxValue),
            ElementType.UInt64 => (0, long.MaxValue),
            ElementType.Int16 => (short.MinValue, short.MaxValue),
            ElementType.UInt16 => (0, ushort.MaxValue),
            ElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            ElementType.UInt8 => (0, byte.MaxValue),
            ElementType.Float64 => (-(1L << 53), 1L << 53),
            ElementType.Float32 => (-(1L << 24), 1L << 24),
            ElementType.Float16 => (-(1L << 11), 1L << 11),
            ElementType.BFloat16 => (-(1L << 8), 1L << 8),
            _ => (0, -1),
        };
        if (context.Elements(0) is { } elements && greatest >= 0 && elements.All(element => element.Value is not { } value || (value >= least && value <= greatest)))
        {
            context.SetElements(0, elements);
        }
    }
}
