namespace Toolkit.Cli.Tests;

/// <summary>A test of what only Unix has; skipped visibly elsewhere.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "needs Linux";
}
