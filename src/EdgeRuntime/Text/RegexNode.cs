namespace Toolkit.EdgeRuntime.Text;

/// <summary>A part of a regular expression.</summary>
internal abstract record RegexNode
{
    /// <summary>How many copies of one part stand for it at most, once repetitions are written out.</summary>
    public virtual long Copies => 1;

    /// <summary>One character of a set.</summary>
    public sealed record Character(CodePointSet Set) : RegexNode;

    /// <summary>A condition on a place.</summary>
    public sealed record Condition(RegexAssertion Assertion) : RegexNode;

    /// <summary>The parts one after the other; none is the empty text.</summary>
    public sealed record Sequence(RegexNode[] Parts) : RegexNode
    {
        public override long Copies { get; } = Parts.Length == 0 ? 1 : Parts.Max(part => part.Copies);
    }

    /// <summary>One of the parts.</summary>
    public sealed record Choice(RegexNode[] Parts) : RegexNode
    {
        public override long Copies { get; } = Parts.Max(part => part.Copies);
    }

    /// <summary>A part Min to Max times, or Min times and more where Max is null.</summary>
    public sealed record Repetition(RegexNode Part, int Min, int? Max) : RegexNode
    {
        public override long Copies { get; } = Part.Copies * Math.Max(1, Math.Max(Min, Max ?? 0));
    }
}
