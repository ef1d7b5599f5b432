using System.Text.Json.Nodes;

namespace Toolkit.Cli.Tests.Commands;

public class SmallCommandTests
{
    [Fact]
    public void Recipes_lists_name_chapter_network_and_data_set()
    {
        JsonNode recipe = CliRun.Of("recipes", "--json").Json["recipes"]!.AsArray().Single(recipe => (string?)recipe!["name"] == "mnist-mlp")!;

        Assert.Equal("784-512 relu-10 softmax", (string?)recipe["network"]);
        Assert.Equal("mnist", (string?)recipe["dataset"]);
        Assert.NotNull((string?)recipe["chapter"]);
        Assert.Contains("mnist-mlp", CliRun.Of("recipes").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_list_says_what_is_here()
    {
        JsonArray datasets = CliRun.Of("data", "list", "--json").Json["datasets"]!.AsArray();

        Assert.Contains(datasets, set => (string?)set!["name"] == "mnist" && set["path"] is null);
        Assert.Contains(datasets, set => (string?)set!["name"] == "synthetic-digits" && (string?)set["path"] == "embedded");
        Assert.Contains("not here", CliRun.Of("data", "list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_get_of_an_embedded_set_needs_no_network()
    {
        CliRun run = CliRun.Of("data", "get", "synthetic-digits", "--offline", "--json");

        Assert.Equal("embedded", (string?)run.Json["datasets"]![0]!["path"]);
    }

    [Fact]
    public void Data_get_offline_says_what_is_missing() =>
        CliRun.Of("data", "get", "mnist", "--offline").MustRefuse("mnist");

    [Fact]
    public void Doctor_is_content_with_a_machine_that_runs_the_managed_engine()
    {
        CliRun run = CliRun.Of("doctor", "--json");

        Assert.Equal(0, run.Exit);
        JsonArray checks = run.Json["checks"]!.AsArray();
        Assert.All((string[])[".NET", "cores", "instructions", "kernels", "backend managed", "backend ort", "backend cuda", "data mnist", "cache"],
            name => Assert.Contains(checks, check => (string?)check!["name"] == name));
        Assert.All(checks, check => Assert.Contains((string?)check!["state"], new[] { "ok", "missing" }));
        Assert.Contains("kernels", CliRun.Of("doctor").Output, StringComparison.Ordinal);
    }
}
