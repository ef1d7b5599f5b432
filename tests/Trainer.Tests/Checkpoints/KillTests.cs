using System.Diagnostics;
using Toolkit.Numerics;
using Toolkit.Trainer.Tests.Data;

namespace Toolkit.Trainer.Tests.Checkpoints;

/// <summary>Trainings in processes that are killed with no chance to tidy up.</summary>
[Trait("Category", "Long")]
public sealed class KillTests : IDisposable
{
    private const int Kills = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Killed_at_twenty_random_moments_and_resumed_every_run_ends_with_the_weights_of_the_run_never_killed()
    {
        string whole = _folder.Folder("whole");
        int steps = Finish(whole, threads: 2);
        byte[] expected = File.ReadAllBytes(Path.Combine(whole, TrainingHost.WeightsName));
        string log = File.ReadAllText(Path.Combine(whole, "log.csv"));
        var random = new CounterRandom(20, 0);
        for (int kill = 0; kill < Kills; kill++)
        {
            string folder = _folder.Folder($"kill-{kill}");
            int step = random.NextInt32(steps - 1);

            KillAfter(folder, step, microseconds: random.NextInt32(8000));
            Assert.False(File.Exists(Path.Combine(folder, TrainingHost.WeightsName)), $"kill {kill} came after the end");
            int left = Finish(folder, threads: 1 + (kill % 2));

            // Every step is saved: no more is done again than the steps that no checkpoint holds, and those the kill's delay let by are not.
            Assert.True(left <= steps - step, $"killed after step {step} of {steps}, {left} were run again");
            Assert.Equal(expected, File.ReadAllBytes(Path.Combine(folder, TrainingHost.WeightsName)));
            Assert.Equal(log, File.ReadAllText(Path.Combine(folder, "log.csv")));
        }
    }

    private static Process Start(string folder, int threads)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(TrainingHost).Assembly.Location, folder, $"{threads}"])
        {
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }

    /// <summary>Runs a training to its end.</summary>
    /// <returns>The steps that it ran.</returns>
    private static int Finish(string folder, int threads)
    {
        using Process process = Start(folder, threads);
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Patience), "the training did not end");
        Assert.Equal(0, process.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
    }

    private static void KillAfter(string folder, int step, int microseconds)
    {
        using Process process = Start(folder, threads: 2);
        string wanted = $"step {step}";
        string? line;
        do
        {
            line = process.StandardOutput.ReadLine();
        }
        while (line is not null && line != wanted);

        Assert.NotNull(line);
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin).TotalMicroseconds < microseconds)
        {
            Thread.SpinWait(20);
        }

        process.Kill();
        process.WaitForExit();
    }
}
