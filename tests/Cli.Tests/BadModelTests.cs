using Toolkit.Numerics;
using Toolkit.Numerics.Npy;

namespace Toolkit.Cli.Tests;

[Collection(SharedModel.Name)]
public sealed class BadModelTests : IDisposable
{
    private readonly TrainedModel _trained;
    private readonly TemporaryFolder _folder = new();

    public BadModelTests(TrainedModel trained)
    {
        _trained = trained;
        NpyFile.Write(_folder["x.npy"], new Tensor<float>([1, 4]));
    }

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Commands => ["run", "inspect", "crosscheck", "bench", "evaluate"];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_missing_file_is_refused(string command) => Run(command, "missing.onnx").MustRefuse("missing.onnx");

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_empty_file_is_refused(string command)
    {
        File.WriteAllBytes(_folder["empty.onnx"], []);

        Run(command, "empty.onnx").MustRefuse("empty.onnx");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Random_bytes_are_refused(string command)
    {
        var random = new Random(5);
        for (int i = 0; i < 20; i++)
        {
            var bytes = new byte[random.Next(1, 4096)];
            random.NextBytes(bytes);
            File.WriteAllBytes(_folder["noise.onnx"], bytes);

            Run(command, "noise.onnx").MustRefuse("noise.onnx");
        }
    }

    [Fact]
    public void A_model_that_is_cut_at_any_kilobyte_is_refused()
    {
        byte[] whole = File.ReadAllBytes(_trained.Model);
        for (int length = 1024; length < whole.Length; length += 1024)
        {
            File.WriteAllBytes(_folder["cut.onnx"], whole[..length]);

            Run("inspect", "cut.onnx").MustRefuse("cut.onnx");
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_cycle_is_refused(string command)
    {
        File.WriteAllBytes(_folder["cycle.onnx"], WireModel.Of(("Relu", "first", ["b"], ["a"]), ("Relu", "second", ["a"], ["b"]), ("Add", "third", ["a", "x"], ["y"])));

        Run(command, "cycle.onnx").MustRefuse("cycle.onnx");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_unknown_operator_is_refused_and_named(string command)
    {
        File.WriteAllBytes(_folder["unknown.onnx"], WireModel.Of(("Frobnicate", "/layer/Frobnicate", ["x"], ["y"])));

        if (command == "inspect")
        {
            // It answers: which nodes are not run is what it is asked for.
            CliRun run = Run(command, "unknown.onnx");
            Assert.Equal(0, run.Exit);
            Assert.Contains("/layer/Frobnicate", run.Output, StringComparison.Ordinal);
            return;
        }

        Run(command, "unknown.onnx").MustRefuse("Frobnicate", "/layer/Frobnicate");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Shapes_that_do_not_fit_are_refused(string command)
    {
        File.WriteAllBytes(_folder["shapes.onnx"], WireModel.Of(("Gemm", "product", ["x", "x"], ["y"]), ("Relu", "after", ["nowhere"], ["z"])));

        Run(command, "shapes.onnx").MustRefuse("shapes.onnx");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_folder_is_refused(string command) => Run(command, ".").MustRefuse("folder");

    [Fact]
    public void A_hand_written_model_that_is_right_runs()
    {
        File.WriteAllBytes(_folder["right.onnx"], WireModel.Of(("Relu", "only", ["x"], ["y"])));

        CliRun run = Run("run", "right.onnx");

        Assert.True(run.Exit == 0, run.Error);
    }

    private CliRun Run(string command, string file) => command switch
    {
        "run" => CliRun.Of("run", _folder[file], "--input", _folder["x.npy"], "--quiet"),
        "evaluate" => CliRun.Of("evaluate", _folder[file], "--dataset", "synthetic-digits", "--quiet"),
        _ => CliRun.Of(command, _folder[file], "--quiet"),
    };
}
