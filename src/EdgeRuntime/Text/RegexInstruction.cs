namespace Toolkit.EdgeRuntime.Text;

/// <summary>One step of a compiled regular expression.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Operand">The number of the set, the other way of a fork, or the <see cref="RegexAssertion"/>.</param>
/// <param name="Next">The step that follows.</param>
internal readonly record struct RegexInstruction(RegexInstructionKind Kind, int Operand, int Next);
