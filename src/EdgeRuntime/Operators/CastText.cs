using System.Globalization;
using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Numbers as Cast reads them from text.</summary>
internal static class CastText
{
    /// <summary>The number that a text spells; infinity is INF, +INF or -INF.</summary>
    /// <exception cref="ArgumentException">It spells none.</exception>
    public static T Parse<T>(string text, NodeContext node)
        where T : unmanaged, INumber<T>
    {
        string spelled = text.Trim().ToUpperInvariant() switch
        {
            "INF" or "+INF" => "Infinity",
            "-INF" => "-Infinity",
            _ => text,
        };
        return T.TryParse(spelled, NumberStyles.Float, CultureInfo.InvariantCulture, out T value)
            ? value
            : throw node.BadValue($"expected texts that are numbers, got '{text}'.");
    }
}
