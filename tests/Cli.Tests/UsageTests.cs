namespace Toolkit.Cli.Tests;

public class UsageTests
{
    [Theory]
    [InlineData("trian mnist-mlp", "'trian'", "'train'")]
    [InlineData("train", "RECIPE", "--help")]
    [InlineData("train mnist-mlp --epoch 3", "'--epoch'", "'--epochs'")]
    [InlineData("train mnist-mlp --epochs", "--epochs", "expected N", "got nothing")]
    [InlineData("train mnist-mlp --epochs 0", "--epochs", "'0'")]
    [InlineData("train mnist-mlp --epochs -3", "--epochs", "'-3'")]
    [InlineData("train mnist-mlp --epochs many", "--epochs", "'many'")]
    [InlineData("train mnist-mlp --batch-size 0", "--batch-size", "'0'")]
    [InlineData("train mnist-mlp --batch-size 99999999999", "--batch-size", "'99999999999'")]
    [InlineData("train mnist-mlp --seed -1", "--seed", "'-1'")]
    [InlineData("train mnist-mlp --threads 0", "--threads", "'0'")]
    [InlineData("train mnist-mlp more", "'more'")]
    [InlineData("train mnist-mlp --out", "--out", "FILE.onnx")]
    [InlineData("evaluate model.onnx", "--dataset", "NAME")]
    [InlineData("run model.onnx", "--input", "FILE")]
    [InlineData("run model.onnx --input x.npy --backend orrt", "--backend", "auto, managed, ort, cuda", "'ort'")]
    [InlineData("data", "list, get")]
    [InlineData("data gte", "'gte'", "'get'")]
    [InlineData("--json", "train")]
    [InlineData("@args.txt", "'@args.txt'")]
    public void A_wrong_command_line_gets_one_line_and_status_2(string line, params string[] parts) =>
        CliRun.Of(line.Split(' ')).MustRefuse(parts);

    [Fact]
    public void An_unknown_recipe_is_answered_with_the_known_ones() =>
        CliRun.Of("train", "mnist-mpl").MustRefuse("'mnist-mpl'", "did you mean 'mnist-mlp'");

    [Fact]
    public void An_unknown_data_set_is_answered_with_the_known_ones() =>
        CliRun.Of("data", "get", "mnits").MustRefuse("'mnits'", "mnist");

    [Theory]
    [InlineData("")]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_lists_every_command(string line)
    {
        CliRun run = CliRun.Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(0, run.Exit);
        Assert.All(CommandTable.Create(), command => Assert.Contains($"  {command.Name}", run.Output, StringComparison.Ordinal));
        Assert.Contains("Exit status", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData("recipes")]
    [InlineData("train")]
    [InlineData("evaluate")]
    [InlineData("run")]
    [InlineData("inspect")]
    [InlineData("crosscheck")]
    [InlineData("bench")]
    [InlineData("data list")]
    [InlineData("data get")]
    [InlineData("doctor")]
    public void Every_command_has_help_with_an_example_that_parses(string command)
    {
        CliRun run = CliRun.Of([.. command.Split(' '), "--help"]);

        Assert.Equal(0, run.Exit);
        Assert.Contains("Examples:", run.Output, StringComparison.Ordinal);
        Assert.Contains($"  toolkit {command}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_is_name_and_number()
    {
        CliRun run = CliRun.Of("--version");

        Assert.Equal(0, run.Exit);
        Assert.Matches(@"^toolkit \d+\.\d+\.\d+\S*\s*$", run.Output);
    }

    [Fact]
    public void Debug_adds_the_trace_after_the_line()
    {
        CliRun run = CliRun.Of("inspect", "missing.onnx", "--debug");

        Assert.Equal(2, run.Exit);
        Assert.StartsWith("toolkit inspect: 'missing.onnx'", run.Error, StringComparison.Ordinal);
        Assert.Contains("   at ", run.Error, StringComparison.Ordinal);
    }
}
