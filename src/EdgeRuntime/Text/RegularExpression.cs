namespace Toolkit.EdgeRuntime.Text;

/// <summary>
/// A regular expression of RE2's syntax (https://github.com/google/re2/wiki/Syntax) as a nondeterministic automaton after Thompson (1968). Immutable; <see cref="RegularExpressionMatcher"/> runs it in time
/// linear in the text.
/// </summary>
internal sealed class RegularExpression
{
    /// <summary>More steps than this are refused: the time for a character may grow with them.</summary>
    public const int MaxInstructions = 20_000;

    private readonly List<RegexInstruction> _instructions = [];
    private readonly List<CodePointSet> _sets = [];

    private RegularExpression(RegexNode root)
    {
        int match = Add(RegexInstructionKind.Match, 0, 0);
        Start = Compile(root, match);
    }

    /// <summary>The steps.</summary>
    public IReadOnlyList<RegexInstruction> Instructions => _instructions;

    /// <summary>The sets of characters that steps take.</summary>
    public IReadOnlyList<CodePointSet> Sets => _sets;

    /// <summary>The first step.</summary>
    public int Start { get; }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="FormatException">It is not one of RE2's.</exception>
    /// <exception cref="NotSupportedException">RE2 has it, and nothing here runs it.</exception>
    public static RegularExpression Parse(string pattern) => new(new RegexParser(pattern).Parse());

    // Backwards: what follows is there before what leads to it.
    private int Compile(RegexNode node, int next)
    {
        switch (node)
        {
            case RegexNode.Character character:
                _sets.Add(character.Set);
                return Add(RegexInstructionKind.Character, _sets.Count - 1, next);
            case RegexNode.Condition condition:
                return Add(RegexInstructionKind.Condition, (int)condition.Assertion, next);
            case RegexNode.Sequence sequence:
                for (int i = sequence.Parts.Length - 1; i >= 0; i--)
                {
                    next = Compile(sequence.Parts[i], next);
                }

                return next;
            case RegexNode.Choice choice:
                int way = Compile(choice.Parts[^1], next);
                for (int i = choice.Parts.Length - 2; i >= 0; i--)
                {
                    way = Add(RegexInstructionKind.Fork, way, Compile(choice.Parts[i], next));
                }

                return way;
            default:
                return Compile((RegexNode.Repetition)node, next);
        }
    }

    private int Compile(RegexNode.Repetition repetition, int next)
    {
        int start = next;
        if (repetition.Max is { } max)
        {
            for (int i = repetition.Min; i < max; i++)
            {
                start = Add(RegexInstructionKind.Fork, next, Compile(repetition.Part, start));
            }
        }
        else
        {
            // The part leads back to the fork, which is filled in once the part's first step is known.
            int fork = Add(RegexInstructionKind.Fork, next, 0);
            _instructions[fork] = _instructions[fork] with { Next = Compile(repetition.Part, fork) };
            start = fork;
        }

        for (int i = 0; i < repetition.Min; i++)
        {
            start = Compile(repetition.Part, start);
        }

        return start;
    }

    private int Add(RegexInstructionKind kind, int operand, int next)
    {
        if (_instructions.Count == MaxInstructions)
        {
            throw new NotSupportedException($"the pattern takes more than {MaxInstructions} steps once its repetitions are written out; shorten it.");
        }

        _instructions.Add(new RegexInstruction(kind, operand, next));
        return _instructions.Count - 1;
    }
}
