using System.Globalization;
using Toolkit.EdgeRuntime;
using Toolkit.EdgeRuntime.Conformance;
using Toolkit.EdgeRuntime.OnnxRuntime;
using Xunit.Abstractions;

namespace Toolkit.Conformance.Tests;

/// <summary>ONNX's own backend tests on both backends. What is not passed is in Gaps, and nothing else is there.</summary>
public sealed class OnnxBackendTests(ITestOutputHelper output)
{
    [CasesFact(CaseFolder.Newest)]
    public void The_managed_engine_passes_every_case_but_its_known_gaps() => Check(CaseFolder.Newest, new ManagedBackend());

    [CasesFact(CaseFolder.Newest)]
    public void ONNX_Runtime_passes_every_case_but_its_known_gaps() => Check(CaseFolder.Newest, new OnnxRuntimeBackend());

    [CasesFact(CaseFolder.Older)]
    public void The_managed_engine_passes_every_case_of_ONNX_1_12_but_its_known_gaps() => Check(CaseFolder.Older, new ManagedBackend());

    [CasesFact(CaseFolder.Older)]
    public void ONNX_Runtime_passes_every_case_of_ONNX_1_12_but_its_known_gaps() => Check(CaseFolder.Older, new OnnxRuntimeBackend());

    private ConformanceReport Check(string set, IInferenceBackend backend)
    {
        IReadOnlyDictionary<string, GapKind> gaps = KnownGaps.Of(set, backend.Name).Gaps;
        ConformanceReport report = new ConformanceRunner(backend).Run(ConformanceCase.Find(CaseFolder.Find(set)!));
        Print(report);

        var complaints = new List<string>();
        foreach (ConformanceResult result in report.Results)
        {
            bool known = gaps.TryGetValue(result.Case.ToString(), out GapKind kind);
            if (known && kind != GapKind.Varies && result.Outcome == ConformanceOutcome.Passed)
            {
                complaints.Add($"{result.Case} passes: take it out of Gaps/{set}.{backend.Name}.txt.");
            }
            else if (result.Outcome != ConformanceOutcome.Passed && !(known && Fits(kind, result.Outcome)))
            {
                complaints.Add($"{(result.Outcome == ConformanceOutcome.Unsupported ? "refused" : "differs")} {result}");
            }
        }

        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
        return report;
    }

    private static bool Fits(GapKind kind, ConformanceOutcome outcome) => (kind == GapKind.Refused) == (outcome == ConformanceOutcome.Unsupported);

    private void Print(ConformanceReport report)
    {
        foreach ((string category, ConformanceReport part) in report.ByCategory.Append(KeyValuePair.Create("all", report)))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Backend} {category}: {part.Passed} of {part.Total} pass ({part.PassedPercent:F1} %), {part.Unsupported} are refused, {part.Failed} differ."));
        }
    }
}
