using System.Text.Json.Nodes;

namespace Toolkit.Cli.Tests;

/// <summary>A model that <c>train</c> made once, for all tests that need one.</summary>
public sealed class TrainedModel : IDisposable
{
    public TrainedModel()
    {
        Log = Folder["log.csv"];
        CliRun run = CliRun.Of("train", "mnist-mlp", "--offline", "--epochs", "1", "--out", Folder["model.onnx"], "--log", Log, "--json");
        Assert.True(run.Exit == 0, run.Error);
        Json = run.Json;
        Error = run.Error;
    }

    public TemporaryFolder Folder { get; } = new();

    public string Model => Folder["model.onnx"];

    public string Log { get; }

    public JsonObject Json { get; }

    public string Error { get; }

    public void Dispose() => Folder.Dispose();
}
