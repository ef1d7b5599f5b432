using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Toolkit.Cli.Frame;

/// <summary>Makes options whose errors say expected and got.</summary>
internal static class OptionOf
{
    /// <summary>A whole number in [<paramref name="min"/>, <paramref name="max"/>].</summary>
    public static Option<int> Int(string name, string helpName, string description, int min, int max, int defaultValue) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result => ParseInt(result, name, min, max),
            Arity = ArgumentArity.ExactlyOne,
        };

    /// <summary>A whole number in [<paramref name="min"/>, <paramref name="max"/>], or null where the option is absent.</summary>
    public static Option<int?> OptionalInt(string name, string helpName, string description, int min, int max) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => ParseInt(result, name, min, max),
            Arity = ArgumentArity.ExactlyOne,
        };

    /// <summary>One of some words.</summary>
    public static Option<string> Choice(string name, string helpName, string description, IReadOnlyList<string> choices, string defaultValue) =>
        new(name)
        {
            Description = $"{description}: {string.Join(", ", choices)}.",
            HelpName = helpName,
            DefaultValueFactory = _ => defaultValue,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (!choices.Contains(text))
                {
                    result.AddError($"{name}: expected one of {string.Join(", ", choices)}, got '{text}'.{NearestName.Hint(text, choices)}");
                }

                return text;
            },
        };

    /// <summary>A path or name, or null where the option is absent.</summary>
    public static Option<string?> Text(string name, string helpName, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = helpName, Arity = ArgumentArity.ExactlyOne };

    private static int ParseInt(ArgumentResult result, string name, int min, int max)
    {
        string text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) || value < min || value > max)
        {
            string range = max == int.MaxValue ? $"a whole number of {min} or more" : $"a whole number from {min} to {max}";
            result.AddError($"{name}: expected {range}, got '{text}'.");
        }

        return value;
    }
}
