namespace Toolkit.EdgeRuntime.Text;

/// <summary>A condition on a place between two characters.</summary>
internal enum RegexAssertion
{
    /// <summary>The text begins here.</summary>
    TextStart,

    /// <summary>The text ends here.</summary>
    TextEnd,

    /// <summary>A line begins here.</summary>
    LineStart,

    /// <summary>A line ends here.</summary>
    LineEnd,

    /// <summary>A word begins or ends here.</summary>
    WordBoundary,

    /// <summary>No word begins or ends here.</summary>
    NoWordBoundary,
}
