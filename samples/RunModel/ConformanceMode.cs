using Toolkit.EdgeRuntime;
using Toolkit.EdgeRuntime.Conformance;

namespace Toolkit.RunModel;

/// <summary>ONNX's backend tests.</summary>
internal static class ConformanceMode
{
    public static int Run(Arguments arguments, IInferenceBackend backend)
    {
        if (arguments.Positional.Count != 2)
        {
            throw new ArgumentException("conformance: expected one folder of cases.");
        }

        int every = arguments.Get("--every", 1);
        ConformanceCase[] cases = [.. ConformanceCase.Find(arguments.Positional[1]).Where((_, index) => index % every == 0)];
        HashSet<string> known = ReadKnownGaps(arguments.Text("--known-gaps"));
        ConformanceReport report = new ConformanceRunner(backend).Run(cases, Print);
        foreach ((string category, ConformanceReport part) in report.ByCategory)
        {
            Console.WriteLine($"{category}: {part.Passed} of {part.Total} pass, {part.Unsupported} unsupported, {part.Failed} failed");
        }

        Console.WriteLine($"all: {report.Passed} of {report.Total} pass, {report.Unsupported} unsupported, {report.Failed} failed");
        int unknown = report.Results.Count(result => result.Outcome != ConformanceOutcome.Passed && !known.Contains(result.Case.ToString()));
        if (known.Count == 0)
        {
            return report.Failed == 0 ? 0 : 1;
        }

        Console.WriteLine($"{unknown} that are no known gaps");
        return unknown == 0 ? 0 : 1;
    }

    /// <summary>The cases of lines such as <c>refused node/test_adam: reason</c>.</summary>
    private static HashSet<string> ReadKnownGaps(string? path) => path is null ? [] :
        [.. File.ReadLines(path).Where(line => !line.StartsWith('#') && line.Contains(": ", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(' ') + 1)..line.IndexOf(": ", StringComparison.Ordinal)])];

    private static void Print(ConformanceResult result)
    {
        if (result.Outcome != ConformanceOutcome.Passed)
        {
            Console.WriteLine($"{(result.Outcome == ConformanceOutcome.Failed ? "failed" : "unsupported")} {result}");
        }
    }
}
