using System.Text.Json.Nodes;
using Toolkit.Onnx;

namespace Toolkit.Cli.Tests.Commands;

[Collection(SharedModel.Name)]
public class TrainCommandTests(TrainedModel trained)
{
    [Fact]
    public void Json_has_every_key_of_the_contract()
    {
        string[] keys =
        [
            "recipe", "dataset", "epochs", "parameters", "train_seconds", "samples_per_second",
            "train_loss", "test_loss", "test_accuracy", "onnx", "crosscheck_max_abs_diff",
        ];

        Assert.All(keys, key => Assert.True(trained.Json.ContainsKey(key), key));
        Assert.Equal("mnist-mlp", (string?)trained.Json["recipe"]);
        Assert.Equal(1, (int?)trained.Json["epochs"]);
        Assert.Equal(407_050, (int?)trained.Json["parameters"]);
        Assert.Equal(trained.Model, (string?)trained.Json["onnx"]);
        Assert.InRange((double)trained.Json["test_accuracy"]!, 0.8, 1);
        Assert.InRange((double)trained.Json["crosscheck_max_abs_diff"]!, 0, 1e-5);
        Assert.Equal("managed", (string?)trained.Json["crosscheck"]![0]!["backend"]);
    }

    [Fact]
    public void The_embedded_data_is_named_in_the_json_and_explained_on_standard_error()
    {
        Assert.Equal("synthetic-digits", (string?)trained.Json["dataset"]);
        Assert.Contains("'synthetic-digits'", trained.Error, StringComparison.Ordinal);
        Assert.Contains("'mnist'", trained.Error, StringComparison.Ordinal);
        Assert.Contains("mnist", (string?)trained.Json["dataset_notice"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_carries_what_is_needed_to_use_it()
    {
        OnnxModel model = OnnxModel.Load(trained.Model);

        Assert.Equal("0,1,2,3,4,5,6,7,8,9", model.Metadata["classes"]);
        Assert.Equal("uint8 / 255", model.Metadata["input_normalization"]);
        Assert.Equal("mnist-mlp", model.Metadata["recipe"]);
        Assert.Equal("synthetic-digits", model.Metadata["dataset"]);
        Assert.Contains("test_accuracy", model.Metadata.Keys);
    }

    [Fact]
    public void The_log_has_a_line_an_epoch()
    {
        string[] lines = File.ReadAllLines(trained.Log);

        Assert.Equal("epoch,loss,accuracy", lines[0]);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("0,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_is_a_page_about_the_training_and_says_which_data_stood_in()
    {
        string page = File.ReadAllText(trained.Report);

        Assert.Equal(trained.Report, (string?)trained.Json["report"]);
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains("mnist-mlp", page, StringComparison.Ordinal);
        Assert.Contains("Confusion matrix", page, StringComparison.Ordinal);
        Assert.Contains("class=\"notice\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_but_the_results_lies_in_the_folder() => Assert.Equal(["log.csv", "model.onnx", "one-thread.onnx", "report.html"], trained.Folder.Files);

    [Fact]
    public void A_person_sees_epochs_test_figures_check_and_what_to_do_next() => Assert.All(
        (string[])["784-512 relu-10 softmax, 407,050 parameters", "Epoch 1/1", "test accuracy", "Wrote " + trained.OneThreadModel, "managed", "toolkit evaluate", "netron"],
        part => Assert.Contains(part, trained.OneThreadOutput, StringComparison.Ordinal));

    [Fact]
    public void One_thread_and_two_write_the_same_file() =>
        Assert.Equal(File.ReadAllBytes(trained.Model), File.ReadAllBytes(trained.OneThreadModel));

    [Fact]
    public void Quiet_leaves_results_and_the_word_about_the_data()
    {
        using var folder = new TemporaryFolder();

        CliRun run = CliRun.Of("train", "mnist-mlp", "--offline", "--epochs", "1", "--seed", "7", "--out", folder["m.onnx"], "--quiet", "--json");

        Assert.Equal(0, run.Exit);
        Assert.Equal(7, (int?)run.Json["seed"]);
        Assert.NotEqual((double?)trained.Json["train_loss"], (double?)run.Json["train_loss"]);
        Assert.Contains("synthetic-digits", Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_larger_than_the_data_is_refused()
    {
        using var folder = new TemporaryFolder();

        CliRun run = CliRun.Of("train", "mnist-mlp", "--offline", "--quiet", "--batch-size", "1000000", "--out", folder["m.onnx"]);

        Assert.Equal(2, run.Exit);
        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("20000", lines[^1], StringComparison.Ordinal);
        Assert.Contains("1000000", lines[^1], StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_refused_before_training()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");

        CliRun.Of("train", "mnist-mlp", "--offline", "--out", folder["missing/m.onnx"]).MustRefuse("missing", "make it first");
        CliRun.Of("train", "mnist-mlp", "--offline", "--out", folder["file/m.onnx"]).MustRefuse("file");
        CliRun.Of("train", "mnist-mlp", "--offline", "--out", folder.Path).MustRefuse(".onnx");
        CliRun.Of("train", "mnist-mlp", "--offline", "--out", folder["m.txt"]).MustRefuse(".onnx");
        CliRun.Of("train", "mnist-mlp", "--offline", "--out", folder["m.onnx"], "--log", folder["missing/l.csv"]).MustRefuse("missing");
        CliRun.Of("train", "mnist-mlp", "--offline", "--out", folder["m.onnx"], "--report", folder["page.txt"]).MustRefuse("page.txt", ".html");
        CliRun.Of("train", "mnist-mlp", "--offline", "--out", folder["m.onnx"], "--report", folder["missing/r.html"]).MustRefuse("missing");
        Assert.Equal(["file"], folder.Files);
    }

    [UnixFact]
    public void A_folder_without_permission_is_refused_before_training() =>
        CliRun.Of("train", "mnist-mlp", "--offline", "--out", "/proc/m.onnx").MustRefuse("/proc/m.onnx", "Choose another place");

    [Fact]
    public void A_data_folder_that_does_not_exist_is_refused()
    {
        using var folder = new TemporaryFolder();

        CliRun.Of("train", "mnist-mlp", "--offline", "--data", folder["missing"], "--out", folder["m.onnx"]).MustRefuse("missing");
    }

    [Fact]
    public void Damaged_data_is_refused_and_nothing_stands_in_for_it()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["mnist"]);
        foreach (string name in (string[])["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"])
        {
            File.WriteAllBytes(Path.Combine(folder["mnist"], name), [0, 0, 8, 3, 0, 0]);
        }

        CliRun run = CliRun.Of("train", "mnist-mlp", "--offline", "--quiet", "--data", folder.Path, "--out", folder["m.onnx"]);

        run.MustRefuse("idx");
        Assert.Equal(["mnist"], folder.Files);
    }

    [Fact]
    public void Stopping_during_training_leaves_the_older_model_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["m.onnx"], "old");
        using var stop = new CancellationTokenSource();
        using var output = new StopAt("Epoch 1/", stop);
        using var error = new StringWriter();

        int exit = ToolkitCli.Run(["train", "mnist-mlp", "--offline", "--epochs", "100000", "--out", folder["m.onnx"]], output, error, stop.Token);

        Assert.Equal(130, exit);
        Assert.Contains("stopped", error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(folder["m.onnx"]));
        Assert.Equal(["m.onnx"], folder.Files);
    }

    [Fact]
    public void A_stopped_training_is_resumed_to_the_same_model()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        using var output = new StopAt("Epoch 1/", stop);
        using var error = new StringWriter();
        string[] Arguments(string name) => ["train", "mnist-mlp", "--offline", "--epochs", "2", "--batch-size", "500", "--out", folder[name]];
        string[] resuming = [.. Arguments("resumed.onnx"), "--checkpoint", folder["run"], "--resume", "--threads", "1"];

        int stopped = ToolkitCli.Run(resuming, output, error, stop.Token);
        CliRun resumed = CliRun.Of([.. resuming, "--json"]);
        CliRun whole = CliRun.Of([.. Arguments("whole.onnx"), "--threads", "2", "--json"]);

        Assert.Equal(130, stopped);
        Assert.Contains("No checkpoint in", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("same command with --resume goes on", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Going on from", resumed.Error, StringComparison.Ordinal);
        Assert.Equal("""{"epoch":1,"step":0}""", resumed.Json["resumed_from"]!.ToJsonString());
        Assert.StartsWith(folder["run"], (string?)resumed.Json["checkpoint"], StringComparison.Ordinal);
        Assert.Equal((double?)whole.Json["train_loss"], (double?)resumed.Json["train_loss"]);
        Assert.Equal(2, (int?)resumed.Json["epochs"]);
        Assert.False(whole.Json.ContainsKey("checkpoint"));
        Assert.Equal(File.ReadAllBytes(folder["whole.onnx"]), File.ReadAllBytes(folder["resumed.onnx"]));

        CliRun other = CliRun.Of([.. resuming, "--seed", "1", "--quiet"]);
        Assert.Equal(2, other.Exit);
        Assert.Contains("expected seed = 1, got seed = 42", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Resuming_needs_a_folder()
    {
        using var folder = new TemporaryFolder();

        CliRun.Of("train", "mnist-mlp", "--offline", "--resume", "--out", folder["m.onnx"]).MustRefuse("--resume", "--checkpoint DIR");
    }

    [Fact]
    public void A_checkpoint_folder_that_cannot_be_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");

        CliRun run = CliRun.Of("train", "mnist-mlp", "--offline", "--quiet", "--checkpoint", folder["file"], "--out", folder["m.onnx"]);

        Assert.Equal(2, run.Exit);
        Assert.Contains("Choose another folder", run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
    }

    /// <summary>Cancels as soon as a text has been written.</summary>
    private sealed class StopAt(string text, CancellationTokenSource stop) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            if (value?.Contains(text, StringComparison.Ordinal) == true)
            {
                stop.Cancel();
            }
        }
    }
}
