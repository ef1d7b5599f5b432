using System.Text.Json.Nodes;

namespace Toolkit.Cli.Tests;

/// <summary>A model that <c>train</c> made once, for all tests that need one.</summary>
public sealed class TrainedModel : IDisposable
{
    public TrainedModel()
    {
        Log = Folder["log.csv"];
        Report = Folder["report.html"];
        CliRun run = CliRun.Of("train", "mnist-mlp", "--offline", "--epochs", "1", "--threads", "2", "--out", Model, "--log", Log, "--report", Report, "--json");
        Assert.True(run.Exit == 0, run.Error);
        Json = run.Json;
        Error = run.Error;
        CliRun again = CliRun.Of("train", "mnist-mlp", "--offline", "--epochs", "1", "--threads", "1", "--out", OneThreadModel);
        Assert.True(again.Exit == 0, again.Error);
        OneThreadOutput = again.Output;
    }

    public TemporaryFolder Folder { get; } = new();

    public string Model => Folder["model.onnx"];

    /// <summary>The same, trained on one thread, without <c>--json</c>.</summary>
    public string OneThreadModel => Folder["one-thread.onnx"];

    /// <summary>What a person saw of that training.</summary>
    public string OneThreadOutput { get; }

    public string Log { get; }

    public string Report { get; }

    public JsonObject Json { get; }

    public string Error { get; }

    public void Dispose() => Folder.Dispose();
}
