using System.Globalization;
using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Cast from and to texts. Numbers are written with the fewest digits that tell them apart from their neighbours and without an exponent; infinity is INF or -INF. A text that spells a fraction becomes an
/// integer by truncation, and the nearest that there is where it is out of range.
/// </summary>
internal static class TextCast
{
    /// <summary>The kernel; null where the other type is none that is cast.</summary>
    public static OperatorKernel? Create(ElementType from, ElementType to, NodeContext node) => (from, to) switch
    {
        (ElementType.Bool, _) => new ConvertKernel<BoolToText, bool, string>(),
        (ElementType.BFloat16, _) => new ConvertKernel<BFloat16ToText, BFloat16, string>(),
        (ElementType.String, ElementType.Bool) => new ParseKernel<BoolParser, bool>(node),
        (ElementType.String, ElementType.BFloat16) => new ParseKernel<BFloat16Parser, BFloat16>(node),
        (ElementType.String, _) => TypeDispatch.Number(to, new ParseFactory(node)),
        _ => TypeDispatch.Number(from, default(FormatFactory)),
    };

    /// <summary>A number as Cast writes it.</summary>
    public static string Format<T>(T value)
        where T : INumberBase<T> => T.IsNaN(value) ? "NaN"
            : T.IsInfinity(value) ? (T.IsNegative(value) ? "-INF" : "INF")
            : WithoutExponent(value.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>The number that a text spells.</summary>
    /// <exception cref="ArgumentException">It spells none.</exception>
    public static T Parse<T>(string text, NodeContext node)
        where T : INumberBase<T>
    {
        string spelled = text.Trim();
        if (T.TryParse(spelled, NumberStyles.Float, CultureInfo.InvariantCulture, out T? value))
        {
            return value;
        }

        double? number = spelled.ToUpperInvariant() switch
        {
            "INF" or "+INF" => double.PositiveInfinity,
            "-INF" => double.NegativeInfinity,
            "NAN" => double.NaN,
            _ => double.TryParse(spelled, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) ? real : null,
        };
        return number is { } found ? T.CreateSaturating(found) : throw node.BadValue($"expected texts that are numbers, got '{text}'.");
    }

    private static string WithoutExponent(string text)
    {
        int mark = text.IndexOf('E', StringComparison.Ordinal);
        if (mark < 0)
        {
            return text;
        }

        string sign = text[0] == '-' ? "-" : "";
        string mantissa = text[sign.Length..mark];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        int whole = (point < 0 ? digits.Length : point) + int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return whole <= 0 ? $"{sign}0.{new string('0', -whole)}{digits}"
            : whole >= digits.Length ? sign + digits.PadRight(whole, '0')
            : $"{sign}{digits[..whole]}.{digits[whole..]}";
    }

    private interface IParser<T>
    {
        static abstract T Parse(string text, NodeContext node);
    }

    private readonly struct FormatFactory : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new ConvertKernel<NumberToText<T>, T, string>();
    }

    private readonly struct ParseFactory(NodeContext node) : INumberFactory
    {
        public OperatorKernel Create<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => new ParseKernel<NumberParser<T>, T>(node);
    }

    private readonly struct NumberToText<T> : IConversion<T, string>
        where T : unmanaged, INumber<T>
    {
        public static string Convert(T value) => Format(value);
    }

    private readonly struct BFloat16ToText : IConversion<BFloat16, string>
    {
        public static string Convert(BFloat16 value) => Format((float)value);
    }

    // As NumPy spells them, which ONNX's reference follows.
    private readonly struct BoolToText : IConversion<bool, string>
    {
        public static string Convert(bool value) => value ? "True" : "False";
    }

    private readonly struct NumberParser<T> : IParser<T>
        where T : INumberBase<T>
    {
        public static T Parse(string text, NodeContext node) => TextCast.Parse<T>(text, node);
    }

    private readonly struct BFloat16Parser : IParser<BFloat16>
    {
        public static BFloat16 Parse(string text, NodeContext node) => (BFloat16)TextCast.Parse<float>(text, node);
    }

    private readonly struct BoolParser : IParser<bool>
    {
        public static bool Parse(string text, NodeContext node) => bool.TryParse(text, out bool value) ? value : TextCast.Parse<double>(text, node) != 0;
    }

    private sealed class ParseKernel<TParser, T>(NodeContext node) : OperatorKernel
        where TParser : IParser<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<string> x = arguments.Input<string>(0);
            Span<T> y = arguments.Output<T>(0);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = TParser.Parse(x[i], node);
            }
        }
    }
}
