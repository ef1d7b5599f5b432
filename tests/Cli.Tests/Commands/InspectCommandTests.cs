using System.Text.Json.Nodes;

namespace Toolkit.Cli.Tests.Commands;

[Collection(SharedModel.Name)]
public class InspectCommandTests(TrainedModel trained)
{
    [Fact]
    public void Json_says_what_the_model_is()
    {
        JsonObject json = CliRun.Of("inspect", trained.Model, "--json").Json;

        Assert.Equal("""[{"name":"input","type":"float32","shape":["N",784]}]""", json["inputs"]!.ToJsonString());
        Assert.Equal("""[{"name":"output","type":"float32","shape":["N",10]}]""", json["outputs"]!.ToJsonString());
        Assert.Equal("""{"Gemm":2,"Relu":1,"Softmax":1}""", json["operators"]!.ToJsonString());
        Assert.Equal(407_050, (long?)json["parameters"]);
        Assert.Equal((784 * 512) + (512 * 10), (long?)json["macs"]);
        Assert.Equal(17, (long?)json["opset"]);
        Assert.Equal("mnist-mlp", (string?)json["metadata"]!["recipe"]);
        Assert.True((bool?)json["runnable"]!["managed"]!["runs"]);
        Assert.Equal(["managed", "ort", "cuda"], json["runnable"]!.AsObject().Select(pair => pair.Key));
        Assert.All(json["runnable"]!.AsObject(), pair => Assert.Equal((bool)pair.Value!["runs"]!, pair.Value["reason"] is null));
    }

    [Fact]
    public void A_person_sees_the_nodes_when_asked()
    {
        CliRun run = CliRun.Of("inspect", trained.Model, "--nodes");

        Assert.Equal(0, run.Exit);
        Assert.Contains("/dense/Gemm", run.Output, StringComparison.Ordinal);
        Assert.Contains("407,050", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_node_that_is_not_run_is_listed_with_its_reason()
    {
        string path = trained.Folder["unknown.onnx"];
        File.WriteAllBytes(path, WireModel.Of(("Frobnicate", "first", ["x"], ["a"]), ("Relu", "second", ["a"], ["b"]), ("Odd", "third", ["b"], ["y"])));

        JsonObject managed = CliRun.Of("inspect", path, "--json").Json["runnable"]!["managed"]!.AsObject();

        Assert.False((bool)managed["runs"]!);
        Assert.Equal(["first", "third"], managed["refused"]!.AsArray().Select(node => (string?)node!["node"]));
        Assert.Equal(["Frobnicate", "Odd"], managed["refused"]!.AsArray().Select(node => (string?)node!["operator"]));
        Assert.All(managed["refused"]!.AsArray(), node => Assert.Equal(17, (long)node!["opset"]!));
        Assert.Contains("third", CliRun.Of("inspect", path).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_says_what_runs_it()
    {
        JsonArray nodes = CliRun.Of("inspect", trained.Model, "--json").Json["nodes"]!.AsArray();

        Assert.All(nodes, node => Assert.Contains("managed", node!["runs_on"]!.AsArray().Select(name => (string?)name)));
    }
}
