using System.Text.Json.Nodes;

namespace Toolkit.Cli.Frame;

/// <summary>What a command found: the object that <c>--json</c> prints, and the exit status.</summary>
internal sealed record Outcome(JsonObject Json, int ExitStatus = Frame.ExitStatus.Done);
