using System.Text.Json.Nodes;

namespace Toolkit.Cli.Tests.Commands;

public class BenchTrainCommandTests
{
    [Fact]
    public void Json_has_speed_and_profile_for_one_thread_and_for_all()
    {
        CliRun run = CliRun.Of("bench", "train", "logic-gates", "--seconds", "1", "--threads", "2", "--json");

        Assert.Equal(0, run.Exit);
        Assert.Equal("logic-gates", (string?)run.Json["recipe"]);
        Assert.Equal("xor", (string?)run.Json["dataset"]);
        Assert.Equal(4, (int?)run.Json["batch_size"]);
        JsonArray results = run.Json["results"]!.AsArray();
        Assert.Equal([1, 2], results.Select(result => (int?)result!["threads"]));
        foreach (JsonNode? result in results)
        {
            Assert.Equal(4e6 / (double)result!["step_us"]!, (double)result["samples_per_second"]!, 1e-6);
            Assert.True((double?)result["limit_gflops"] > 0.01);

            // 2-8-1 on 4 rows: 64 + 32 forward, both gradients of the second layer, the weights' alone of the first.
            Assert.Equal(64 + 32 + (2 * 32) + 64, (long?)result["multiply_adds"]);
            Assert.InRange((double)result["share_of_limit"]!, 0, 1);
            Assert.Equal(4, result["functions"]!.AsArray().Count(function => (string?)function!["name"] == "Gemm"));
        }
    }

    [Fact]
    public void A_person_sees_speeds_and_where_time_goes()
    {
        CliRun run = CliRun.Of("bench", "train", "logic-gates", "--seconds", "1", "--threads", "1", "--top", "2");

        Assert.Equal(0, run.Exit);
        Assert.Contains("samples/s", run.Output, StringComparison.Ordinal);
        Assert.Contains("more functions", run.Output, StringComparison.Ordinal);
        Assert.Contains("optimizer", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_shows_the_recipe_and_not_the_model()
    {
        string help = CliRun.Of("bench", "train", "--help").Output;

        Assert.Contains("bench train <RECIPE>", help, StringComparison.Ordinal);
        Assert.DoesNotContain("<MODEL>", help, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_without_training_is_refused() =>
        CliRun.Of("bench", "train", "three-layer").MustRefuse("three-layer", "weights are given");

    [Fact]
    public void An_unknown_recipe_is_refused() =>
        CliRun.Of("bench", "train", "mnist-mlpp").MustRefuse("mnist-mlpp", "mnist-mlp");

    [Fact]
    public void A_batch_larger_than_the_data_is_refused() =>
        CliRun.Of("bench", "train", "logic-gates", "--batch-size", "5").MustRefuse("--batch-size", "at most 4", "got 5");
}
