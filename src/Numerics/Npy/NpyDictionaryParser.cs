using System.Globalization;

namespace Toolkit.Numerics.Npy;

/// <summary>Reads the Python literals of an <c>.npy</c> header: strings, booleans and tuples of integers.</summary>
internal ref struct NpyDictionaryParser(string text, string name)
{
    private int _position;

    /// <summary>Takes a character, after white space.</summary>
    public void Expect(char expected)
    {
        if (!TryTake(expected))
        {
            throw Error($"'{expected}'");
        }
    }

    /// <summary>Takes a character, after white space, if it is the next.</summary>
    public bool TryTake(char expected)
    {
        SkipWhiteSpace();
        if (_position < text.Length && text[_position] == expected)
        {
            _position++;
            return true;
        }

        return false;
    }

    /// <summary>Takes a string in single or double quotes. No key or type that we know has an escape.</summary>
    public string TakeString()
    {
        SkipWhiteSpace();
        if (_position < text.Length && text[_position] is '[' or '(')
        {
            throw Error("a plain element type; save each field of a structured array on its own");
        }

        char quote = _position < text.Length ? text[_position] : '\0';
        int end = quote is '\'' or '"' ? text.IndexOf(quote, _position + 1) : -1;
        if (end < 0)
        {
            throw Error("a string");
        }

        string value = text[(_position + 1)..end];
        _position = end + 1;
        return value;
    }

    /// <summary>Takes <c>True</c> or <c>False</c>.</summary>
    public bool TakeBoolean() => TryTakeWord("True") || (TryTakeWord("False") ? false : throw Error("True or False"));

    /// <summary>Takes a tuple of dimensions: <c>()</c>, <c>(3,)</c>, <c>(3, 4)</c>.</summary>
    public Shape TakeShape()
    {
        Expect('(');
        var dimensions = new List<int>();
        while (!TryTake(')'))
        {
            dimensions.Add(TakeDimension());
            if (!TryTake(','))
            {
                Expect(')');
                break;
            }

            if (dimensions.Count > Shape.MaxRank)
            {
                throw Error($"at most {Shape.MaxRank} dimensions");
            }
        }

        try
        {
            return new Shape([.. dimensions]);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{name}: {exception.Message}", exception);
        }
    }

    /// <summary>The error of a header that does not have what is expected where the parser stands.</summary>
    public readonly InvalidDataException Error(string expected) =>
        new($"{name}: .npy header: expected {expected}, at character {_position} of \"{(text.Length > 200 ? text[..200] + "…" : text).TrimEnd()}\".");

    private int TakeDimension()
    {
        SkipWhiteSpace();
        int start = _position;
        while (_position < text.Length && char.IsAsciiDigit(text[_position]))
        {
            _position++;
        }

        if (!int.TryParse(text.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out int size))
        {
            _position = start;
            throw Error($"a dimension from 0 to {int.MaxValue}");
        }

        // Python 2 wrote long integers with a suffix.
        _ = TryTake('L');
        return size;
    }

    private bool TryTakeWord(string word)
    {
        SkipWhiteSpace();
        if (string.CompareOrdinal(text, _position, word, 0, word.Length) != 0)
        {
            return false;
        }

        _position += word.Length;
        return true;
    }

    private void SkipWhiteSpace()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }
    }
}
