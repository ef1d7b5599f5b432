namespace Toolkit.EdgeRuntime.Text;

/// <summary>Reads what stands for a set of characters: <c>[a-z]</c>, <c>\d</c>, <c>[:alpha:]</c>, <c>\p{Lu}</c>.</summary>
internal sealed class RegexClassReader(RegexScanner scanner)
{
    private readonly Dictionary<string, CodePointSet> _categories = new(StringComparer.Ordinal);

    /// <summary>The set behind a bracket that has been taken.</summary>
    /// <exception cref="FormatException">It is not one of RE2's.</exception>
    public CodePointSet Read(bool ignoresCase, int start)
    {
        bool isNegated = scanner.TryTake('^');
        var ranges = new List<(int, int)>();
        for (bool isFirst = true; isFirst || !scanner.TryTake(']'); isFirst = false)
        {
            if (scanner.IsAtEnd)
            {
                throw scanner.Error("'[' without ']'", start);
            }

            ReadItem(ranges, ignoresCase, start);
        }

        var set = new CodePointSet([.. ranges]);
        set = ignoresCase ? set.IgnoreCase() : set;
        return isNegated ? set.Complement() : set;
    }

    /// <summary>The set that a letter behind a backslash names, which is taken; null where it is not one.</summary>
    public CodePointSet? TryReadNamed(bool ignoresCase, int start)
    {
        int letter = scanner.Current;
        CodePointSet? set = letter switch
        {
            'd' or 'D' => Ascii("09"),
            's' or 'S' => Ascii("\t\n\f\r  "),
            'w' or 'W' => Ascii("09AZaz__"),
            'p' or 'P' => null,
            _ => null,
        };
        if (set is not null)
        {
            scanner.Take();
        }
        else if (letter is 'p' or 'P')
        {
            scanner.Take();
            set = ReadProperty(ref letter, start);
        }
        else
        {
            return null;
        }

        set = ignoresCase ? set.IgnoreCase() : set;
        return letter is 'D' or 'S' or 'W' or 'P' ? set.Complement() : set;
    }

    private static CodePointSet Ascii(string pairs)
    {
        var ranges = new (int, int)[pairs.Length / 2];
        for (int i = 0; i < ranges.Length; i++)
        {
            ranges[i] = (pairs[2 * i], pairs[(2 * i) + 1]);
        }

        return new CodePointSet(ranges);
    }

    private void ReadItem(List<(int, int)> ranges, bool ignoresCase, int start)
    {
        if (scanner.Current == '[' && scanner.Peek(1) == ':')
        {
            ReadPosix(ranges, ignoresCase, start);
            return;
        }

        bool isEscape = scanner.TryTake('\\');
        if (isEscape && TryReadNamed(ignoresCase, start) is { } named)
        {
            ranges.AddRange(named.Ranges);
            return;
        }

        int first = isEscape ? scanner.TakeEscape(start) : scanner.Take();
        int last = first;
        if (scanner.Current == '-' && scanner.Peek(1) is not (0 or ']'))
        {
            scanner.Take();
            last = scanner.TryTake('\\') ? scanner.TakeEscape(start) : scanner.Take();
        }

        ranges.Add(last >= first ? (first, last) : throw scanner.Error("a range whose end is below its start", start));
    }

    private void ReadPosix(List<(int, int)> ranges, bool ignoresCase, int start)
    {
        scanner.Take();
        scanner.Take();
        bool isNegated = scanner.TryTake('^');
        CodePointSet set = scanner.TakeUntil(':', start) switch
        {
            "alnum" => Ascii("09AZaz"),
            "alpha" => Ascii("AZaz"),
            "ascii" => Ascii("\0\x7F"),
            "blank" => Ascii("\t\t  "),
            "cntrl" => Ascii("\0\x1F\x7F\x7F"),
            "digit" => Ascii("09"),
            "graph" => Ascii("!~"),
            "lower" => Ascii("az"),
            "print" => Ascii(" ~"),
            "punct" => Ascii("!/:@[`{~"),
            "space" => Ascii("\t\r  "),
            "upper" => Ascii("AZ"),
            "word" => Ascii("09AZaz__"),
            "xdigit" => Ascii("09AFaf"),
            var name => throw scanner.Error($"RE2 has no class [:{name}:]", start),
        };
        if (!scanner.TryTake(']'))
        {
            throw scanner.Error("'[:' without ':]'", start);
        }

        set = ignoresCase ? set.IgnoreCase() : set;
        ranges.AddRange((isNegated ? set.Complement() : set).Ranges);
    }

    private CodePointSet ReadProperty(ref int letter, int start)
    {
        string name;
        if (scanner.TryTake('{'))
        {
            if (scanner.TryTake('^'))
            {
                letter = letter == 'p' ? 'P' : 'p';
            }

            name = scanner.TakeUntil('}', start);
        }
        else
        {
            name = scanner.IsAtEnd ? "" : $"{(char)scanner.Take()}";
        }

        if (name == "Any")
        {
            return new CodePointSet((0, CodePointSet.Last));
        }

        if (_categories.TryGetValue(name, out CodePointSet? known))
        {
            return known;
        }

        bool isCategory = name.Length is 1 or 2 && Enum.GetValues<System.Globalization.UnicodeCategory>().Any(category => CodePointSet.NameOf(category) is var full && full != "-" && full.StartsWith(name, StringComparison.Ordinal));
        if (!isCategory)
        {
            throw name.Length > 2 && name.All(char.IsAsciiLetter)
                ? new NotSupportedException($"the pattern names the script {name}, and only general categories as \\p{{Lu}} are supported; write its ranges.")
                : scanner.Error($"RE2 has no property '{name}'", start);
        }

        return _categories[name] = CodePointSet.OfCategories(name);
    }
}
