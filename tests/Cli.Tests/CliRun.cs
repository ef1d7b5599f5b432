using System.Text.Json;
using System.Text.Json.Nodes;

namespace Toolkit.Cli.Tests;

/// <summary>One command line, run in this process.</summary>
internal sealed record CliRun(int Exit, string Output, string Error)
{
    /// <summary>The object that <c>--json</c> printed; standard output must hold nothing else.</summary>
    public JsonObject Json
    {
        get
        {
            string line = Assert.Single(Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            return JsonNode.Parse(line, documentOptions: new JsonDocumentOptions { AllowTrailingCommas = false })!.AsObject();
        }
    }

    public static CliRun Of(params string[] args) => Of(CancellationToken.None, args);

    public static CliRun Of(CancellationToken cancellation, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = ToolkitCli.Run(args, output, error, cancellation);
        return new CliRun(exit, output.ToString(), error.ToString());
    }

    /// <summary>Asserts exit status 2, an empty standard output, and one line on standard error that holds every part.</summary>
    public void MustRefuse(params string[] parts)
    {
        Assert.True(Exit == 2, $"expected exit status 2, got {Exit}: {Output}{Error}");
        Assert.Equal("", Output);
        string line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("toolkit", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", line, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", line, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }
}
