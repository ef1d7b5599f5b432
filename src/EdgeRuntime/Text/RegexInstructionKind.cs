namespace Toolkit.EdgeRuntime.Text;

/// <summary>What a <see cref="RegexInstruction"/> does.</summary>
internal enum RegexInstructionKind
{
    /// <summary>Takes one character of a set.</summary>
    Character,

    /// <summary>Goes two ways.</summary>
    Fork,

    /// <summary>Goes on where a condition holds.</summary>
    Condition,

    /// <summary>The expression has matched.</summary>
    Match,
}
