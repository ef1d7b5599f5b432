using System.Diagnostics;
using System.Globalization;

namespace Toolkit.Cli.Tests;

/// <summary>What only a process can show: signals, exit statuses, a full disk.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public void Ctrl_c_during_training_ends_with_130_and_leaves_no_file() => AssertStops("INT", 130);

    [UnixFact]
    public void Sigterm_during_training_ends_with_143_and_leaves_no_file() => AssertStops("TERM", 143);

    [UnixFact]
    public void The_process_returns_the_status_and_prints_one_json_line()
    {
        (int exit, string output, _) = Finish(Start(["recipes", "--json"]));
        (int refused, string nothing, string error) = Finish(Start(["train", "mnist-mpl"]));

        Assert.Equal(0, exit);
        Assert.StartsWith("{\"recipes\":", output, StringComparison.Ordinal);
        Assert.Equal(2, refused);
        Assert.Equal("", nothing);
        Assert.Contains("'mnist-mpl'", error, StringComparison.Ordinal);
    }

    [TmpfsFact]
    public void A_full_disk_is_one_line_and_the_older_model_is_as_it_was()
    {
        using var disk = new SmallDisk(kilobytes: 512);
        string path = Path.Combine(disk.Path, "m.onnx");
        File.WriteAllText(path, "old");

        CliRun run = CliRun.Of("train", "mnist-mlp", "--offline", "--epochs", "1", "--batch-size", "2000", "--quiet", "--json", "--out", path);

        Assert.Equal(2, run.Exit);
        Assert.Equal("", run.Output);
        Assert.Contains("full", run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(disk.Path));
    }

    private void AssertStops(string signal, int status)
    {
        using Process process = Start(["train", "mnist-mlp", "--offline", "--epochs", "1000000", "--out", _folder["m.onnx"]]);
        string? line;
        do
        {
            line = process.StandardOutput.ReadLine();
        }
        while (line is not null && !line.StartsWith("Epoch 1/", StringComparison.Ordinal));

        Assert.NotNull(line);
        using (Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        (int exit, _, string error) = Finish(process);
        Assert.Equal(status, exit);
        Assert.Contains("stopped", error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    private static Process Start(string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ToolkitCli).Assembly.Location, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static (int Exit, string Output, string Error) Finish(Process process)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"the process did not end within {Patience}");
            }

            return (process.ExitCode, output.Result, error.Result);
        }
    }
}
