using System.Text.Json.Nodes;

namespace Toolkit.Cli.Tests.Commands;

[Collection(SharedModel.Name)]
public class BenchCommandTests(TrainedModel trained)
{
    [Fact]
    public void Json_has_a_result_for_each_backend()
    {
        CliRun run = CliRun.Of("bench", trained.Model, "--seconds", "1", "--batch", "4", "--threads", "1", "--backends", "managed", "--json");

        Assert.Equal(0, run.Exit);
        Assert.Equal(4, (int?)run.Json["batch"]);
        Assert.Equal(1, (int?)run.Json["threads"]);
        JsonNode result = Assert.Single(run.Json["results"]!.AsArray())!;
        Assert.Equal("managed", (string?)result["backend"]);
        Assert.True((double?)result["median_us"] > 0);
        Assert.True((double?)result["p99_us"] >= (double?)result["median_us"]);
        Assert.Equal(0, (long?)result["allocated_bytes_per_run"]);
    }

    [Fact]
    public void A_person_sees_a_table()
    {
        CliRun run = CliRun.Of("bench", trained.Model, "--seconds", "1", "--quiet");

        Assert.Equal(0, run.Exit);
        Assert.Contains("managed", run.Output, StringComparison.Ordinal);
        Assert.Contains("1.00x", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_adds_up_to_the_run()
    {
        JsonNode profile = CliRun.Of("bench", trained.Model, "--seconds", "1", "--threads", "1", "--backends", "managed", "--profile", "--json").Json["profile"]!;

        double run = (double)profile["run_us"]!;
        JsonArray nodes = profile["nodes"]!.AsArray();
        Assert.Equal(run, nodes.Sum(node => (double)node!["us"]!) + (double)profile["other_us"]!, run * 1e-6);
        Assert.Equal((784 * 512) + (512 * 10), nodes.Sum(node => (long?)node!["macs"] ?? 0));
        Assert.True((double)profile["limit_gflops"]! > 0);
    }

    [Fact]
    public void A_person_sees_the_profile_by_node_and_by_operator()
    {
        CliRun run = CliRun.Of("bench", trained.Model, "--backends", "managed", "--seconds", "1", "--profile", "--quiet");

        Assert.Equal(0, run.Exit);
        Assert.Contains("Gemm", run.Output, StringComparison.Ordinal);
        Assert.Contains("other", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_backend_is_refused() =>
        CliRun.Of("bench", trained.Model, "--backends", "managed,orrt").MustRefuse("'orrt'", "managed, ort, cuda", "'ort'");
}
