using System.Text.Json.Nodes;

namespace Toolkit.Cli.Tests.Commands;

public sealed class ConformanceCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Cases_that_agree_give_status_0_and_those_that_are_refused_are_counted()
    {
        Write("node", "test_relu", "Relu", 0, 2);
        Write("simple", "test_unknown", "Blub", 0, 2);

        CliRun run = CliRun.Of("conformance", _folder.Path, "--json");

        Assert.Equal(0, run.Exit);
        Assert.Equal(
            (2, 1, 0, 1),
            ((int)run.Json["total"]!, (int)run.Json["passed"]!, (int)run.Json["failed"]!, (int)run.Json["unsupported"]!));
        Assert.Equal("""["simple/test_unknown"]""", run.Json["refusals"]!.ToJsonString());
        Assert.Contains("Blub", (string)run.Json["reasons"]!["simple/test_unknown"]!, StringComparison.Ordinal);
        Assert.Equal("managed", (string?)run.Json["backend"]);
    }

    [Fact]
    public void A_case_that_differs_gives_status_1_and_its_name_and_reason()
    {
        Write("node", "test_relu", "Relu", 0, 2);
        Write("node", "test_wrong", "Relu", 0, 3);

        CliRun run = CliRun.Of("conformance", _folder.Path, "--json");
        CliRun text = CliRun.Of("conformance", _folder.Path);

        Assert.Equal(1, run.Exit);
        Assert.Equal("""["node/test_wrong"]""", run.Json["failures"]!.ToJsonString());
        Assert.Equal(1, text.Exit);
        Assert.Contains("failed node/test_wrong: output 'y': 1 of 4 elements differ, the first is element 1: expected 3, got 2", text.Output, StringComparison.Ordinal);
        Assert.Contains("node", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_chooses_cases()
    {
        Write("node", "test_relu", "Relu", 0, 2);
        Write("node", "test_wrong", "Relu", 0, 3);

        CliRun run = CliRun.Of("conformance", _folder.Path, "--filter", "node/test_relu", "--json");

        Assert.Equal(0, run.Exit);
        Assert.Equal(1, (int)run.Json["total"]!);
        CliRun.Of("conformance", _folder.Path, "--filter", "nothing").MustRefuse("--filter", "'nothing'", "2");
    }

    [Fact]
    public void A_folder_without_cases_is_refused_and_told_where_tests_are()
    {
        CliRun.Of("conformance", _folder.Path).MustRefuse(_folder.Path, "test_data_set_0", "libonnx-testdata", "onnx/backend/test/data");
        CliRun.Of("conformance", _folder["absent"]).MustRefuse("absent", "found none", "libonnx-testdata");
    }

    [Fact]
    public void A_backend_of_another_name_is_refused() =>
        CliRun.Of("conformance", _folder.Path, "--backend", "manged").MustRefuse("manged", "managed");

    public void Dispose() => _folder.Dispose();

    private void Write(string category, string name, string opType, params float[] expected) => StoredFloats.WriteCase(
        Path.Combine(_folder.Path, category, name),
        WireModel.Of((opType, "node", ["x"], ["y"])),
        [StoredFloats.Of([1, 4], -1, 2, 0, 0)],
        [StoredFloats.Of([1, 4], [.. expected, 0, 0])]);
}
