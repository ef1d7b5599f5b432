namespace Toolkit.Cli.Frame;

/// <summary>What the caller gave cannot be used. The message is the line that is printed: who, expected, got, what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
