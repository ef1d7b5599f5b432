using System.Text;

namespace Toolkit.EdgeRuntime.Text;

/// <summary>The characters of a pattern, one after the other.</summary>
internal sealed class RegexScanner
{
    private readonly string _pattern;
    private readonly int[] _characters;

    /// <summary>Makes a scanner of one pattern.</summary>
    public RegexScanner(string pattern)
    {
        _pattern = pattern;
        _characters = [.. pattern.EnumerateRunes().Select(rune => rune.Value)];
    }

    /// <summary>The number of characters taken.</summary>
    public int Position { get; private set; }

    /// <summary>Whether there are no more.</summary>
    public bool IsAtEnd => Position == _characters.Length;

    /// <summary>The next character; 0 at the end.</summary>
    public int Current => Peek(0);

    /// <summary>Whether a character is one of [0-9A-Za-z_].</summary>
    public static bool IsWord(int c) => c is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '_';

    /// <summary>A character further on; 0 behind the end.</summary>
    public int Peek(int distance) => Position + distance < _characters.Length ? _characters[Position + distance] : 0;

    /// <summary>The next character, which is there.</summary>
    public int Take() => _characters[Position++];

    /// <summary>Takes the next character if it is this one.</summary>
    public bool TryTake(char c)
    {
        if (IsAtEnd || Current != c)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Takes the <c>\E</c> that ends a quotation.</summary>
    public bool TryTakeQuoteEnd()
    {
        if (Current != '\\' || Peek(1) != 'E')
        {
            return false;
        }

        Position += 2;
        return true;
    }

    /// <summary>Takes <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>; anything else is a brace that stands for itself.</summary>
    public bool TryTakeCounts(out int min, out int? max)
    {
        int start = Position++;
        max = null;
        if (TryTakeCount(out min))
        {
            max = min;
            if (TryTake(','))
            {
                max = TryTakeCount(out int end) ? end : null;
            }

            if (TryTake('}'))
            {
                return max is null || max >= min ? true : throw Error("a repetition whose end is below its start", start);
            }
        }

        Position = start;
        return false;
    }

    /// <summary>What stands behind a backslash, where it is one character.</summary>
    public int TakeEscape(int start)
    {
        int c = IsAtEnd ? throw Error("a backslash at the end", start) : Take();
        switch (c)
        {
            case >= '1' and <= '7' when Current is not (>= '0' and <= '7'):
                throw Error("RE2 has no backreferences", start);
            case >= '0' and <= '7':
                int octal = c - '0';
                for (int i = 0; i < 2 && Current is >= '0' and <= '7'; i++)
                {
                    octal = (octal * 8) + Take() - '0';
                }

                return octal;
            case 'x':
                return TakeHexadecimal(start);
            case 'a': return '\a';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            default:
                return c < 128 && (c == '_' || !IsWord(c)) ? c : throw Error("RE2 has no such escape", start);
        }
    }

    /// <summary>Takes characters up to and with this one.</summary>
    public string TakeUntil(char end, int start)
    {
        var text = new StringBuilder();
        while (!TryTake(end))
        {
            text.Append(IsAtEnd ? throw Error($"expected '{end}'", start) : new Rune(Take()).ToString());
        }

        return text.ToString();
    }

    /// <summary>The exception for a pattern that is not one of RE2's.</summary>
    public FormatException Error(string what, int? start = null) => new($"the pattern is not a regular expression of RE2: {what} at character {start ?? Position} of '{(_pattern.Length <= 200 ? _pattern : _pattern[..200] + "...")}'.");

    private bool TryTakeCount(out int count)
    {
        count = 0;
        int start = Position;
        while (Current is >= '0' and <= '9')
        {
            count = Math.Min((count * 10) + Take() - '0', 1_000_000);
        }

        return Position > start && (Position == start + 1 || _characters[start] != '0');
    }

    private int TakeHexadecimal(int start)
    {
        bool isBraced = TryTake('{');
        int value = 0;
        int digits = 0;
        while (Digit(Current) is { } digit && (isBraced || digits < 2))
        {
            value = Math.Min((value * 16) + digit, CodePointSet.Last + 1);
            digits++;
            Take();
        }

        bool isWhole = isBraced ? digits > 0 && TryTake('}') : digits == 2;
        return isWhole && value <= CodePointSet.Last ? value : throw Error("expected \\xHH or \\x{H...} of a code point", start);
    }

    private static int? Digit(int c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => null,
    };
}
