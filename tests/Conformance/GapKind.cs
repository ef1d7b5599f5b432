namespace Toolkit.Conformance.Tests;

/// <summary>In which way a case does not pass.</summary>
internal enum GapKind
{
    /// <summary>The backend refuses the model by a typed exception.</summary>
    Refused,

    /// <summary>The backend gives something else than the case says, or throws another exception.</summary>
    Differs,

    /// <summary>Whether it passes depends on chance, as in a case that expects the numbers that one generator draws, or on what is installed on the machine.</summary>
    Varies,
}
