namespace Toolkit.Fuzz.Tests;

/// <summary>How one case ended.</summary>
internal enum FuzzResult
{
    /// <summary>The model was refused with a typed exception.</summary>
    ModelRefused,

    /// <summary>The model loads, and the run was refused with a typed exception.</summary>
    RunRefused,

    /// <summary>It gave a result.</summary>
    Ran,

    /// <summary>It reached the deadline and stopped there.</summary>
    TimedOut,

    /// <summary>It did what must not happen.</summary>
    Failed,
}
