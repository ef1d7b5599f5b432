using System.Text;

namespace Toolkit.EdgeRuntime.Text;

/// <summary>
/// Runs a <see cref="RegularExpression"/> on texts. The automaton is made deterministic while it runs: a set of steps is one state, and where a state goes on a character is found once. Characters that no
/// part of the expression tells apart are one kind. The memory for states is bounded: when it is full they are forgotten. Not safe for several threads.
/// </summary>
internal sealed class RegularExpressionMatcher
{
    /// <summary>The integers that are kept of states before they are forgotten.</summary>
    private const int MaxKept = 1 << 20;

    private const int Unknown = -1;
    private const int Dead = 0;

    private readonly RegularExpression _expression;
    private readonly bool _hasConditions;
    private readonly int[] _kindStarts;
    private readonly int[] _asciiKinds = new int[128];
    private readonly int[] _visited;
    private readonly Stack<int> _open = new();
    private readonly Dictionary<RegexState, int> _numbers = [];
    private readonly List<RegexState> _states = [];
    private readonly List<int[]> _ways = [];
    private int _kept;
    private int _visit;

    /// <summary>Makes a matcher without states.</summary>
    public RegularExpressionMatcher(RegularExpression expression)
    {
        _expression = expression;
        _visited = new int[expression.Instructions.Count];
        _hasConditions = expression.Instructions.Any(instruction => instruction.Kind == RegexInstructionKind.Condition);
        var starts = new SortedSet<int> { 0, '\n', '\n' + 1, '0', '9' + 1, 'A', 'Z' + 1, '_', '_' + 1, 'a', 'z' + 1 };
        foreach (CodePointSet set in expression.Sets)
        {
            foreach ((int first, int last) in set.Ranges)
            {
                starts.Add(first);
                starts.Add(last + 1);
            }
        }

        _kindStarts = [.. starts];
        for (int i = 0; i < _asciiKinds.Length; i++)
        {
            _asciiKinds[i] = FindKind(i);
        }

        Forget();
    }

    private enum Neighbour
    {
        None,
        Newline,
        Word,
        Other,
    }

    /// <summary>Whether the whole text matches.</summary>
    public bool IsFullMatch(string text)
    {
        int state = NumberOf(new RegexState([_expression.Start], (int)Neighbour.None));
        foreach (Rune rune in text.EnumerateRunes())
        {
            int kind = rune.Value < _asciiKinds.Length ? _asciiKinds[rune.Value] : FindKind(rune.Value);
            int next = _ways[state][kind];
            state = next != Unknown ? next : Step(state, kind);
            if (state == Dead)
            {
                return false;
            }
        }

        ref int ends = ref _ways[state][_kindStarts.Length];
        if (ends == Unknown)
        {
            ends = Reaches(_states[state], Neighbour.None, null, []) ? 1 : 0;
        }

        return ends == 1;
    }

    private int FindKind(int codePoint)
    {
        int place = Array.BinarySearch(_kindStarts, codePoint);
        return place >= 0 ? place : ~place - 1;
    }

    private static Neighbour NeighbourOf(int codePoint) => codePoint == '\n' ? Neighbour.Newline : RegexScanner.IsWord(codePoint) ? Neighbour.Word : Neighbour.Other;

    // Where a state goes on a kind of character.
    private int Step(int from, int kind)
    {
        int codePoint = _kindStarts[kind];
        Neighbour neighbour = _hasConditions ? NeighbourOf(codePoint) : Neighbour.None;
        var targets = new List<int>();
        _ = Reaches(_states[from], neighbour, codePoint, targets);
        targets.Sort();
        var next = new RegexState([.. targets.Distinct()], targets.Count == 0 ? 0 : (int)neighbour);
        if (_kept > MaxKept)
        {
            Forget();
            return NumberOf(next);
        }

        int number = NumberOf(next);
        _ways[from][kind] = number;
        return number;
    }

    // Follows all steps that take no character. With a character, collects what follows the steps that take it; without, says whether one is the match.
    private bool Reaches(RegexState state, Neighbour next, int? codePoint, List<int> targets)
    {
        _visit++;
        foreach (int step in state.Steps)
        {
            _open.Push(step);
        }

        bool matches = false;
        while (_open.TryPop(out int step))
        {
            if (_visited[step] == _visit)
            {
                continue;
            }

            _visited[step] = _visit;
            RegexInstruction instruction = _expression.Instructions[step];
            switch (instruction.Kind)
            {
                case RegexInstructionKind.Fork:
                    _open.Push(instruction.Operand);
                    _open.Push(instruction.Next);
                    break;
                case RegexInstructionKind.Condition:
                    if (Holds((RegexAssertion)instruction.Operand, (Neighbour)state.Before, next))
                    {
                        _open.Push(instruction.Next);
                    }

                    break;
                case RegexInstructionKind.Match:
                    matches = true;
                    break;
                default:
                    if (codePoint is { } taken && _expression.Sets[instruction.Operand].Contains(taken))
                    {
                        targets.Add(instruction.Next);
                    }

                    break;
            }
        }

        return matches;
    }

    private static bool Holds(RegexAssertion assertion, Neighbour before, Neighbour after) => assertion switch
    {
        RegexAssertion.TextStart => before == Neighbour.None,
        RegexAssertion.TextEnd => after == Neighbour.None,
        RegexAssertion.LineStart => before is Neighbour.None or Neighbour.Newline,
        RegexAssertion.LineEnd => after is Neighbour.None or Neighbour.Newline,
        RegexAssertion.WordBoundary => (before == Neighbour.Word) != (after == Neighbour.Word),
        _ => (before == Neighbour.Word) == (after == Neighbour.Word),
    };

    private int NumberOf(RegexState state)
    {
        if (_numbers.TryGetValue(state, out int number))
        {
            return number;
        }

        number = _states.Count;
        _numbers.Add(state, number);
        _states.Add(state);
        var ways = new int[_kindStarts.Length + 1];
        Array.Fill(ways, Unknown);
        _ways.Add(ways);
        _kept += ways.Length + state.Steps.Length;
        return number;
    }

    private void Forget()
    {
        _numbers.Clear();
        _states.Clear();
        _ways.Clear();
        _kept = 0;
        _ = NumberOf(new RegexState([], 0));
    }
}
