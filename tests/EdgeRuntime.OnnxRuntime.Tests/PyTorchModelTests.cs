using System.Diagnostics;
using Toolkit.EdgeRuntime.Conformance;
using Xunit.Abstractions;

namespace Toolkit.EdgeRuntime.OnnxRuntime.Tests;

/// <summary>
/// Models that PyTorch's exporter wrote run on both backends and give what PyTorch gave: python/export_torch.py exports the networks beside it
/// at one opset after the other.
/// </summary>
[Trait("Category", "Long")]
public sealed class PyTorchModelTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly ConformanceOptions Options = new() { Tolerance = new ConformanceTolerance(1e-4, 1e-4) };

    [PyTorchTheory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    public void Exported_networks_give_what_PyTorch_gives(int opset)
    {
        string folder = Directory.CreateTempSubdirectory("toolkit-torch-").FullName;
        try
        {
            Export(folder, opset);
            IReadOnlyList<ConformanceCase> cases = ConformanceCase.Find(folder);
            var wrong = new List<string>();
            foreach (IInferenceBackend backend in new IInferenceBackend[] { new ManagedBackend(), new OnnxRuntimeBackend() })
            {
                ConformanceReport report = new ConformanceRunner(backend, Options).Run(cases);
                output.WriteLine($"{backend.Name}: {report.Passed} of {report.Total} models of opset {opset} agree with PyTorch.");
                wrong.AddRange(report.Results.Where(result => result.Outcome != ConformanceOutcome.Passed).Select(result => $"{backend.Name} {result.Outcome} {result}"));
            }

            wrong.AddRange(File.ReadLines(Path.Combine(folder, "not-exported.txt")).Select(line => $"not exported {line}"));
            wrong.ForEach(output.WriteLine);
            Assert.NotEmpty(cases);
            Assert.Empty(wrong);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Export(string folder, int opset)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "python", "export_torch.py");
        var start = new ProcessStartInfo(PyTorchTheoryAttribute.Python, [script, folder, "--opsets", $"{opset}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> _ = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{script}: no end after {Patience}.");
        }

        Assert.True(process.ExitCode == 0, errors.Result);
    }
}
