namespace Toolkit.Fuzz.Tests;

/// <summary>What must not happen, happened.</summary>
/// <param name="Case">The number of the case.</param>
/// <param name="Signature">What tells this defect from others: the exception and where it came from.</param>
/// <param name="Details">Everything that is known.</param>
internal sealed record FuzzFinding(long Case, string Signature, string Details);
