using System.Globalization;

namespace Toolkit.Trainer.Callbacks;

/// <summary>Figures as Keras's progress lines write them.</summary>
internal static class Figure
{
    /// <summary>Four decimals; a power of ten where that would show almost nothing.</summary>
    public static string Format(double value) =>
        value.ToString(Math.Abs(value) > 1e-3 || double.IsNaN(value) ? "F4" : "0.0000e+00", CultureInfo.InvariantCulture);

    /// <summary>The time of a step: <c>4ms/step</c>.</summary>
    public static string PerStep(TimeSpan time) => time.TotalSeconds switch
    {
        >= 1 or 0 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F0}s/step"),
        >= 1e-3 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:F0}ms/step"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds:F0}us/step"),
    };

    /// <summary>A time to go: <c>7s</c>, <c>1:05</c>, <c>1:00:09</c>.</summary>
    public static string Remaining(TimeSpan time) => time.TotalSeconds switch
    {
        >= 3600 => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:D2}:{time.Seconds:D2}"),
        >= 60 => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:D2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Seconds}s"),
    };
}
