namespace Toolkit.Cli.Frame;

/// <summary>What the process returns.</summary>
internal static class ExitStatus
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The work ran and its check failed: a cross-check beyond tolerance.</summary>
    public const int CheckFailed = 1;

    /// <summary>Bad usage, bad input, or a file that cannot be read or written.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by Ctrl-C: 128 + SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>Stopped by SIGTERM: 128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
