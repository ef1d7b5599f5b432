using System.Globalization;

namespace Toolkit.Reports.Training;

/// <summary>Names and numbers as people read them.</summary>
internal static class Wording
{
    /// <summary>A figure's name in a log as words: <c>val_mean_absolute_error</c> becomes <c>val mean absolute error</c>.</summary>
    public static string Of(string name) => name.Replace('_', ' ');

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Figure(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>A share in per cent; the last tenths matter, since 99.96 % is not certainty.</summary>
    public static string Percent(double share) => PercentNumber(share) + " %";

    public static string PercentNumber(double share) => (100 * share).ToString(share is > 0.999 and < 1 or > 0 and < 0.001 ? "0.00" : "0.0", CultureInfo.InvariantCulture);
}
