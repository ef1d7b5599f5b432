using System.Text;

namespace Toolkit.EdgeRuntime.Text;

/// <summary>Reads the syntax of RE2. Whether a repetition is greedy makes no difference to whether a whole text matches, so that is read and forgotten.</summary>
internal sealed class RegexParser
{
    private const int MaxDepth = 200;
    private const int MaxCopies = 1000;

    private readonly RegexScanner _scanner;
    private readonly RegexClassReader _classes;
    private readonly HashSet<string> _groupNames = new(StringComparer.Ordinal);
    private RegexFlags _flags;
    private int _depth;

    /// <summary>Makes a parser of one pattern.</summary>
    public RegexParser(string pattern)
    {
        _scanner = new RegexScanner(pattern);
        _classes = new RegexClassReader(_scanner);
    }

    /// <summary>The whole pattern.</summary>
    /// <exception cref="FormatException">It is not one of RE2's.</exception>
    /// <exception cref="NotSupportedException">RE2 has it, and nothing here runs it.</exception>
    public RegexNode Parse()
    {
        RegexNode root = ParseChoice();
        return _scanner.IsAtEnd ? root : throw _scanner.Error("')' without '('");
    }

    private RegexNode ParseChoice()
    {
        var parts = new List<RegexNode>();
        do
        {
            parts.Add(ParseSequence());
        }
        while (_scanner.TryTake('|'));

        return parts.Count == 1 ? parts[0] : new RegexNode.Choice([.. parts]);
    }

    private RegexNode ParseSequence()
    {
        var parts = new List<RegexNode>();
        bool wasRepeated = false;
        while (!_scanner.IsAtEnd && _scanner.Current is not ('|' or ')'))
        {
            int start = _scanner.Position;
            if (TryParseRepetition(out int min, out int? max))
            {
                if (wasRepeated || parts.Count == 0)
                {
                    throw _scanner.Error(wasRepeated ? "two repetitions in a row" : "a repetition of nothing", start);
                }

                var repetition = new RegexNode.Repetition(parts[^1], min, max);
                parts[^1] = repetition.Copies <= MaxCopies ? repetition : throw _scanner.Error($"more than {MaxCopies} repetitions", start);
                wasRepeated = true;
                continue;
            }

            int count = parts.Count;
            ParseAtom(parts);
            wasRepeated &= parts.Count == count;
        }

        return parts.Count == 1 ? parts[0] : new RegexNode.Sequence([.. parts]);
    }

    private bool TryParseRepetition(out int min, out int? max)
    {
        (min, max) = _scanner.Current switch
        {
            '*' => (0, null),
            '+' => (1, null),
            '?' => (0, 1),
            _ => (0, (int?)0),
        };
        if (_scanner.Current is '*' or '+' or '?')
        {
            _scanner.Take();
        }
        else if (_scanner.Current != '{' || !_scanner.TryTakeCounts(out min, out max))
        {
            return false;
        }

        _ = _scanner.TryTake('?');
        return true;
    }

    private void ParseAtom(List<RegexNode> parts)
    {
        int start = _scanner.Position;
        int c = _scanner.Take();
        switch (c)
        {
            case '(':
                ParseGroup(parts, start);
                break;
            case '[':
                parts.Add(new RegexNode.Character(_classes.Read(_flags.HasFlag(RegexFlags.IgnoreCase), start)));
                break;
            case '.':
                parts.Add(new RegexNode.Character(_flags.HasFlag(RegexFlags.DotMatchesNewline) ? new CodePointSet((0, CodePointSet.Last)) : new CodePointSet(('\n', '\n')).Complement()));
                break;
            case '^':
                parts.Add(new RegexNode.Condition(_flags.HasFlag(RegexFlags.Multiline) ? RegexAssertion.LineStart : RegexAssertion.TextStart));
                break;
            case '$':
                parts.Add(new RegexNode.Condition(_flags.HasFlag(RegexFlags.Multiline) ? RegexAssertion.LineEnd : RegexAssertion.TextEnd));
                break;
            case '\\':
                ParseEscape(parts, start);
                break;
            default:
                parts.Add(Literal(c));
                break;
        }
    }

    private void ParseGroup(List<RegexNode> parts, int start)
    {
        RegexFlags outside = _flags;
        if (_scanner.TryTake('?') && !ParseGroupStart(start))
        {
            // (?i): the flags hold to the end of the group around them.
            return;
        }

        if (++_depth > MaxDepth)
        {
            throw new NotSupportedException($"the pattern has groups more than {MaxDepth} deep; flatten it.");
        }

        parts.Add(ParseChoice());
        _depth--;
        if (!_scanner.TryTake(')'))
        {
            throw _scanner.Error("'(' without ')'", start);
        }

        _flags = outside;
    }

    // What stands between "(?" and the group's content. False where there is no content.
    private bool ParseGroupStart(int start)
    {
        if (_scanner.TryTake('P') || _scanner.Current == '<')
        {
            var name = new StringBuilder();
            if (!_scanner.TryTake('<'))
            {
                throw _scanner.Error("RE2 has no such group", start);
            }

            while (!_scanner.IsAtEnd && !_scanner.TryTake('>'))
            {
                int c = _scanner.Take();
                _ = RegexScanner.IsWord(c) ? name.Append((char)c) : throw _scanner.Error("a group's name of other characters than letters, digits and _ (RE2 has no lookbehind)", start);
            }

            return name.Length > 0 && _groupNames.Add(name.ToString()) ? true : throw _scanner.Error("a group without a name or with one that is taken", start);
        }

        bool isOn = true;
        bool isEmpty = true;
        while (true)
        {
            int c = _scanner.IsAtEnd ? 0 : _scanner.Take();
            RegexFlags flag = c switch
            {
                'i' => RegexFlags.IgnoreCase,
                'm' => RegexFlags.Multiline,
                's' => RegexFlags.DotMatchesNewline,
                'U' => RegexFlags.Ungreedy,
                _ => RegexFlags.None,
            };
            if (flag != RegexFlags.None)
            {
                _flags = isOn ? _flags | flag : _flags & ~flag;
                isEmpty = false;
            }
            else if (c == '-' && isOn)
            {
                (isOn, isEmpty) = (false, true);
            }
            else if (c is ':' or ')' && (isOn || !isEmpty))
            {
                return c == ':';
            }
            else
            {
                throw _scanner.Error("RE2 has neither such flags nor lookaround", start);
            }
        }
    }

    private void ParseEscape(List<RegexNode> parts, int start)
    {
        RegexAssertion? assertion = _scanner.IsAtEnd ? null : _scanner.Current switch
        {
            'A' => RegexAssertion.TextStart,
            'z' => RegexAssertion.TextEnd,
            'b' => RegexAssertion.WordBoundary,
            'B' => RegexAssertion.NoWordBoundary,
            _ => null,
        };
        if (assertion is { } condition)
        {
            _scanner.Take();
            parts.Add(new RegexNode.Condition(condition));
        }
        else if (_scanner.TryTake('Q'))
        {
            while (!_scanner.IsAtEnd && !_scanner.TryTakeQuoteEnd())
            {
                parts.Add(Literal(_scanner.Take()));
            }
        }
        else if (_scanner.TryTake('C'))
        {
            throw new NotSupportedException("the pattern has \\C, a single byte, which is not supported; match whole characters.");
        }
        else if (_classes.TryReadNamed(_flags.HasFlag(RegexFlags.IgnoreCase), start) is { } set)
        {
            parts.Add(new RegexNode.Character(set));
        }
        else
        {
            parts.Add(Literal(_scanner.TakeEscape(start)));
        }
    }

    private RegexNode.Character Literal(int c)
    {
        var set = new CodePointSet((c, c));
        return new RegexNode.Character(_flags.HasFlag(RegexFlags.IgnoreCase) ? set.IgnoreCase() : set);
    }
}
