using System.Diagnostics;
using Toolkit.EdgeRuntime.Tests;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Xunit.Abstractions;

namespace Toolkit.EdgeRuntime.OnnxRuntime.Tests;

/// <summary>
/// Models that PyTorch's exporter wrote run on both backends and give what PyTorch gave: python/export_torch.py exports the networks of
/// python at one opset after the other.
/// </summary>
[Trait("Category", "Long")]
public sealed class PyTorchModelTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

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
            var differences = new List<string>();
            string[] models = Directory.GetFiles(folder, "model.onnx", SearchOption.AllDirectories);
            foreach (string model in models.Order(StringComparer.Ordinal))
            {
                foreach (IInferenceBackend backend in new IInferenceBackend[] { new ManagedBackend(), new OnnxRuntimeBackend() })
                {
                    if (Check(backend, model) is { } difference)
                    {
                        differences.Add($"{backend.Name} {Path.GetFileName(Path.GetDirectoryName(model))}: {difference}");
                    }
                }
            }

            output.WriteLine($"{models.Length} models of opset {opset}; not exported:");
            string[] missing = File.ReadAllLines(Path.Combine(folder, "not-exported.txt"));
            Array.ForEach(missing, output.WriteLine);
            differences.ForEach(output.WriteLine);
            Assert.NotEmpty(models);
            Assert.Empty(differences);
            Assert.Empty(missing);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Export(string folder, int opset)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "python", "export_torch.py");
        var start = new ProcessStartInfo(PyTorchTheoryAttribute.Python, [script, folder, "--opsets", $"{opset}"]) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{script}: no end after {Patience}.");
        }

        Assert.True(process.ExitCode == 0, errors.Result);
    }

    private static string? Check(IInferenceBackend backend, string model)
    {
        try
        {
            using IInferenceSession session = backend.Load(File.ReadAllBytes(model), new InferenceOptions { Threads = 1 });
            foreach (string data in Directory.GetDirectories(Path.GetDirectoryName(model)!, "test_data_set_*").Order(StringComparer.Ordinal))
            {
                Tensor[] inputs = [.. session.Inputs.Select((_, i) => Read(data, "input", i))];
                IReadOnlyList<Tensor> results = session.Run(inputs);
                for (int i = 0; i < results.Count; i++)
                {
                    Elements.AssertClose(Read(data, "output", i), results[i], Tolerance, Tolerance);
                }
            }

            return null;
        }
        catch (Exception exception) when (exception is OnnxModelException or UnsupportedOperatorException or ArgumentException or Xunit.Sdk.XunitException)
        {
            return $"{exception.GetType().Name} {exception.Message.ReplaceLineEndings(" ")}";
        }
    }

    private static Tensor Read(string folder, string role, int index) => StoredTensor.Read(File.ReadAllBytes(Path.Combine(folder, $"{role}_{index}.pb")));
}
