namespace Toolkit.EdgeRuntime.Text;

/// <summary>The flags that a regular expression may set for a part of itself.</summary>
[Flags]
internal enum RegexFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>i</c>: letters match in any case.</summary>
    IgnoreCase = 1,

    /// <summary><c>m</c>: <c>^</c> and <c>$</c> match at lines.</summary>
    Multiline = 2,

    /// <summary><c>s</c>: <c>.</c> matches a newline too.</summary>
    DotMatchesNewline = 4,

    /// <summary><c>U</c>: repetitions are lazy where they do not say so.</summary>
    Ungreedy = 8,
}
