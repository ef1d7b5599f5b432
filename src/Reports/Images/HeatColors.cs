namespace Toolkit.Reports.Images;

/// <summary>
/// Colours for values. They differ in opacity only, so that small values fade into the page, light or dark.
/// </summary>
internal static class HeatColors
{
    /// <summary>From this opacity on, text on the colour is white.</summary>
    public const double TextTurns = 0.8;

    private static readonly (byte Red, byte Green, byte Blue) Cold = (37, 99, 235);
    private static readonly (byte Red, byte Green, byte Blue) Warm = (217, 72, 15);

    /// <summary>The colour of a share in [0, 1].</summary>
    public static void Sequential(double share, Span<byte> pixel) => Write(Cold, share, pixel);

    /// <summary>The colour of a value in [-1, 1]: warm above 0, cold below.</summary>
    public static void Diverging(double value, Span<byte> pixel) => Write(value < 0 ? Cold : Warm, Math.Abs(value), pixel);

    private static void Write((byte Red, byte Green, byte Blue) color, double opacity, Span<byte> pixel)
    {
        pixel[0] = color.Red;
        pixel[1] = color.Green;
        pixel[2] = color.Blue;

        // What is not a number stays empty.
        pixel[3] = (byte)Math.Round(255 * (double.IsNaN(opacity) ? 0 : Math.Clamp(opacity, 0, 1)));
    }
}
