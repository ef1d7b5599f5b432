namespace Toolkit.Cli.Health;

/// <summary>How a check went.</summary>
internal enum HealthState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Not there, and the rest works without it.</summary>
    Missing,

    /// <summary>Required and not working.</summary>
    Broken,
}
