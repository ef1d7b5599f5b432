using System.Text.Json.Nodes;
using Toolkit.Numerics;
using Toolkit.Numerics.Npy;
using Toolkit.Trainer.Data;

namespace Toolkit.Cli.Tests.Commands;

[Collection(SharedModel.Name)]
public sealed class RunCommandTests(TrainedModel trained) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_digit_gets_its_class_and_probability()
    {
        NpyFile.Write(_folder["x.npy"], Digit());

        JsonObject json = Run("x.npy").Json;

        JsonNode output = Assert.Single(json["outputs"]!.AsArray())!;
        Assert.Equal("output", (string?)output["name"]);
        Assert.Equal([1, 10], output["shape"]!.AsArray().Select(size => (int)size!));
        Assert.Contains((string?)output["class"], Enumerable.Range(0, 10).Select(digit => $"{digit}"));
        Assert.InRange((double)output["probability"]!, 0.1, 1);
        Assert.Equal((double)output["probability"]!, output["values"]!.AsArray().Max(value => (double)value!), 1e-6);
        Assert.True((double?)json["latency_us"] > 0);
        Assert.Equal("managed", (string?)json["backend"]);
    }

    [Fact]
    public void The_same_digit_is_the_same_in_every_kind_of_file()
    {
        Tensor<float> digit = Digit();
        NpyFile.Write(_folder["flat.npy"], digit);
        NpzFile.Write(_folder["named.npz"], new Dictionary<string, Tensor> { ["input"] = digit });
        File.WriteAllText(_folder["row.csv"], string.Join(',', digit.ToArray()) + "\n");
        Png.Write(_folder["image.png"], 28, 28, 1, (x, y, _) => (byte)MathF.Round(digit.Span[(y * 28) + x] * 255));
        Png.Write(_folder["double.png"], 56, 56, 3, (x, y, _) => (byte)MathF.Round(digit.Span[(y / 2 * 28) + (x / 2)] * 255));
        Png.Write(_folder["paper.png"], 28, 28, 1, (x, y, _) => (byte)(255 - MathF.Round(digit.Span[(y * 28) + x] * 255)));

        double[] expected = Values(Run("flat.npy"));

        foreach (string file in (string[])["named.npz", "row.csv", "image.png", "double.png"])
        {
            AssertClose(expected, Values(Run(file)));
        }

        AssertClose(expected, Values(Run("paper.png", "--invert")));
    }

    [Fact]
    public void A_picture_on_white_gets_a_hint_on_standard_error()
    {
        Png.Write(_folder["paper.png"], 28, 28, 1, (x, y, _) => (byte)(x is > 10 and < 14 && y is > 5 and < 22 ? 0 : 255));

        Assert.Contains("--invert", Run("paper.png").Error, StringComparison.Ordinal);
        Assert.Equal("", Run("paper.png", "--invert").Error);
    }

    [Fact]
    public void Several_samples_get_a_prediction_each()
    {
        NpyFile.Write(_folder["x.npy"], SyntheticDigits.Load().Test.Take(3).Flat().X);

        JsonNode output = Run("x.npy").Json["outputs"]![0]!;

        Assert.Equal(3, output["predictions"]!.AsArray().Count);
        Assert.Equal((string?)output["class"], (string?)output["predictions"]![0]!["class"]);
    }

    [Fact]
    public void Outputs_go_to_the_archive_that_was_asked_for()
    {
        NpyFile.Write(_folder["x.npy"], Digit());

        CliRun run = Run("x.npy", "--output", _folder["y.npz"]);

        AssertClose(Values(run), Array.ConvertAll(NpzFile.Read(_folder["y.npz"])["output"].As<float>().ToArray(), value => (double)value));
    }

    [Fact]
    public void A_person_sees_bars()
    {
        NpyFile.Write(_folder["x.npy"], Digit());

        CliRun run = CliRun.Of("run", trained.Model, "--input", _folder["x.npy"], "--backend", "managed");

        Assert.Equal(0, run.Exit);
        Assert.Contains("###", run.Output, StringComparison.Ordinal);
        Assert.Contains("us on managed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_of_a_wrong_shape_type_or_name_are_refused()
    {
        NpyFile.Write(_folder["short.npy"], new Tensor<float>([1, 783]));
        NpyFile.Write(_folder["text.npy"], new Tensor<bool>([1, 784]));
        NpzFile.Write(_folder["names.npz"], new Dictionary<string, Tensor> { ["a"] = Digit(), ["b"] = Digit() });
        NpzFile.Write(_folder["lone.npz"], new Dictionary<string, Tensor> { ["arr_0"] = Digit() });
        NpyFile.Write(_folder["scalar.npy"], Tensor.Scalar(1f));
        NpyFile.Write(_folder["integers.npy"], new Tensor<int>([1, 784]));
        NpyFile.Write(_folder["image.npy"], Digit().Reshape(new Shape(1, 1, 28, 28)));

        Run("short.npy").MustRefuse("short.npy", "[N,784]", "[1,783]");
        Run("text.npy").MustRefuse("text.npy", "float32", "bool");
        Run("integers.npy").MustRefuse("integers.npy", "float32", "int32", "astype");
        Run("image.npy").MustRefuse("image.npy", "[N,784]", "[1,1,28,28]");
        Run("lone.npz").MustRefuse("lone.npz", "'input'", "'arr_0'");
        Run("names.npz").MustRefuse("names.npz", "'input'", "'a', 'b'");
        Run("scalar.npy").MustRefuse("scalar.npy", "[N,784]");
    }

    [Fact]
    public void Files_that_are_not_what_they_say_are_refused()
    {
        foreach (string kind in (string[])["npy", "npz", "png", "jpg", "csv"])
        {
            File.WriteAllBytes(_folder[$"empty.{kind}"], []);
            File.WriteAllBytes(_folder[$"noise.{kind}"], [.. Enumerable.Range(1, 500).Select(i => (byte)((i * 167) ^ (i >> 3)))]);
        }

        File.WriteAllText(_folder["words.csv"], "a,b\n1,x\n");
        File.WriteAllText(_folder["ragged.csv"], "1,2\n3\n");
        File.WriteAllText(_folder["file.txt"], "1");

        foreach (string kind in (string[])["npy", "npz", "png", "jpg", "csv"])
        {
            Run($"empty.{kind}").MustRefuse($"empty.{kind}");
            Run($"noise.{kind}").MustRefuse($"noise.{kind}");
        }

        Run("words.csv").MustRefuse("line 2", "'x'");
        Run("ragged.csv").MustRefuse("line 2", "2 columns");
        Run("file.txt").MustRefuse(".npy, .npz, .png, .jpg or .csv", "'.txt'");
        Run("missing.npy").MustRefuse("missing.npy");
    }

    [Fact]
    public void A_picture_that_is_too_small_or_of_other_proportions_is_refused()
    {
        Png.Write(_folder["small.png"], 27, 27, 1, (_, _, _) => 0);
        Png.Write(_folder["wide.png"], 100, 50, 1, (_, _, _) => 0);

        Run("small.png").MustRefuse("28x28", "27x27");
        Run("wide.png").MustRefuse("100x50", "crop");
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_refused_before_the_run() =>
        Run("x.npy", "--output", _folder["missing/y.npz"]).MustRefuse("missing");

    private CliRun Run(string file, params string[] more) =>
        CliRun.Of(["run", trained.Model, "--input", _folder[file], "--backend", "managed", "--json", .. more]);

    private static Tensor<float> Digit() => SyntheticDigits.Load().Test.Take(1).Flat().X;

    private static double[] Values(CliRun run)
    {
        Assert.True(run.Exit == 0, run.Error);
        return [.. run.Json["outputs"]![0]!["values"]!.AsArray().Select(value => (double)value!)];
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 0.02));
    }
}
