using System.Text.Json.Nodes;
using Toolkit.Numerics.Npy;

namespace Toolkit.Cli.Tests.Commands;

[Collection(SharedModel.Name)]
public class CrossCheckCommandTests(TrainedModel trained)
{
    [OnnxRuntimeFact]
    public void Managed_engine_and_onnx_runtime_agree_on_random_samples()
    {
        CliRun run = CliRun.Of("crosscheck", trained.Model, "--samples", "20", "--json");

        Assert.Equal(0, run.Exit);
        JsonObject json = run.Json;
        Assert.Equal(["managed", "ort"], json["backends"]!.AsArray().Select(name => (string)name!).Take(2));
        Assert.InRange((double)json["max_abs_diff"]!, 0, 1e-5);
        Assert.InRange((double)json["max_rel_diff"]!, 0, 1e-3);
        Assert.True((bool?)json["agree"]);
        Assert.Equal([1, 7, 20], json["batch_sizes"]!.AsArray().Select(size => (int)size!));
    }

    [OnnxRuntimeFact]
    public void A_data_sets_samples_can_be_used()
    {
        CliRun run = CliRun.Of("crosscheck", trained.Model, "--dataset", "synthetic-digits", "--samples", "50");

        Assert.Equal(0, run.Exit);
        Assert.Contains("50 samples", run.Output, StringComparison.Ordinal);
        Assert.Contains("0 of 50", run.Output, StringComparison.Ordinal);
    }

    [OnnxRuntimeFact]
    public void The_bundle_repeats_the_check()
    {
        using var folder = new TemporaryFolder();

        CliRun run = CliRun.Of("crosscheck", trained.Model, "--samples", "9", "--bundle", folder["bundle"], "--json");

        Assert.Equal(0, run.Exit);
        Assert.Equal(folder["bundle"], (string?)run.Json["bundle"]);
        Assert.Equal(
            ["check.py", "inputs.npz", "model.onnx", "outputs.npz"],
            Directory.GetFiles(folder["bundle"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Equal(9, NpzFile.Read(Path.Combine(folder["bundle"], "inputs.npz"))["input"].Shape[0]);
    }

    [Fact]
    public void A_bundle_folder_that_cannot_be_made_is_one_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");

        CliRun.Of("crosscheck", trained.Model, "--samples", "2", "--bundle", folder["file/bundle"], "--quiet").MustRefuse();
    }
}
