namespace Toolkit.EdgeRuntime.Conformance;

/// <summary>What a backend did with a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">What differs, or what is not supported; null where it passed.</param>
/// <param name="Time">How long it took, reading included.</param>
public sealed record ConformanceResult(ConformanceCase Case, ConformanceOutcome Outcome, string? Reason, TimeSpan Time)
{
    /// <summary>As it is written in lists: <c>node/test_abs: output 0, element 3: expected 1, got 2</c>.</summary>
    public override string ToString() => Reason is null ? Case.ToString() : $"{Case}: {Reason}";
}
