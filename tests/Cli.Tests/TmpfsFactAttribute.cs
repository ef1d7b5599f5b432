namespace Toolkit.Cli.Tests;

/// <summary>A test that fills a disk; skipped visibly where no small one can be made.</summary>
public sealed class TmpfsFactAttribute : FactAttribute
{
    public TmpfsFactAttribute() => Skip = SmallDisk.UnavailableReason;
}
