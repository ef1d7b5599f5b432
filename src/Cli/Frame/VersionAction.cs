using System.CommandLine;
using System.CommandLine.Invocation;

namespace Toolkit.Cli.Frame;

/// <summary>Prints the version.</summary>
internal sealed class VersionAction(string text) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(text);
        return ExitStatus.Done;
    }
}
