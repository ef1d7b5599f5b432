namespace Toolkit.Conformance.Tests;

/// <summary>A test over a set of cases: it is skipped, and says what is missing, where they are not on this machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CasesFactAttribute : FactAttribute
{
    /// <summary>Makes the attribute.</summary>
    /// <param name="set">The set of cases.</param>
    public CasesFactAttribute(string set)
    {
        Set = set;
        Skip = CaseFolder.Find(set) is null ? CaseFolder.HowToGet(set) : null;
    }

    /// <summary>The set of cases.</summary>
    public string Set { get; }
}
