using System.Diagnostics;
using System.Globalization;

namespace Toolkit.Fuzz.Tests;

/// <summary>
/// The fuzzer as a program. It runs the cases in a child process, which it starts again behind a case that ends it, and writes every
/// finding to a folder: <c>--cases N --seed N --first N --folder DIR --limit-mb N</c>, and <c>--one N</c> to repeat one case.
/// </summary>
internal static class Program
{
    private const int SecondsAtMost = 20;

    /// <summary>Runs it.</summary>
    public static int Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        long count = Number(args, "--cases", 20_000);
        long first = Number(args, "--first", 0);
        int seed = (int)Number(args, "--seed", 1);
        string folder = Text(args, "--folder") ?? Path.Combine(Path.GetTempPath(), "toolkit-fuzz");
        Directory.CreateDirectory(folder);
        if (Text(args, "--one") is { } one)
        {
            var runner = new FuzzRunner(FuzzSeeds.Collect(Environment.GetEnvironmentVariable("TOOLKIT_ONNX_TESTS")), seed);
            long number = long.Parse(one, CultureInfo.InvariantCulture);
            File.WriteAllBytes(Path.Combine(folder, $"{seed}-{number}.onnx"), runner.ModelOf(number));
            (FuzzResult result, FuzzFinding? finding) = runner.Run(number);
            Console.WriteLine(finding?.Details ?? result.ToString());
            return finding is null ? 0 : 1;
        }

        return args.Contains("--child") ? RunChild(seed, first, count, folder) : RunParent(args, seed, first, count, folder);
    }

    private static int RunChild(int seed, long first, long count, string folder)
    {
        var runner = new FuzzRunner(FuzzSeeds.Collect(Environment.GetEnvironmentVariable("TOOLKIT_ONNX_TESTS")), seed);
        var campaign = new Campaign(runner);
        using var clock = new CaseClock(Path.Combine(folder, "current"), SecondsAtMost);
        long start = Stopwatch.GetTimestamp();
        campaign.Run(first, count, TimeSpan.MaxValue, Begin, finding => Write(folder, seed, runner, finding));
        Console.WriteLine(campaign);
        Console.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalMilliseconds / Math.Max(1, campaign.Count):F3} ms a case, peak resident set {PeakResidentMegabytes()} MB");
        foreach ((FuzzFinding finding, int times) in campaign.Findings.OrderByDescending(pair => pair.Count))
        {
            Console.WriteLine($"{times} x {finding.Signature} (case {finding.Case})");
        }

        return campaign.Findings.Count == 0 ? 0 : 1;

        void Begin(long number)
        {
            clock.Begin(number);
            if (number % 20_000 == 0 && number > first)
            {
                Console.WriteLine($"at {number}: {campaign}, {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s, peak {PeakResidentMegabytes()} MB");
            }
        }
    }

    private static int RunParent(string[] args, int seed, long first, long count, string folder)
    {
        long end = first + count;
        int status = 0;
        int deaths = 0;
        while (first < end)
        {
            var child = new ProcessStartInfo(Environment.ProcessPath!);
            foreach (string argument in new[] { "--child", "--seed", $"{seed}", "--first", $"{first}", "--cases", $"{end - first}", "--folder", folder })
            {
                child.ArgumentList.Add(argument);
            }

            child.Environment["DOTNET_GCHeapHardLimit"] = $"0x{Number(args, "--limit-mb", 768) << 20:X}";
            using Process process = Process.Start(child)!;
            process.WaitForExit();
            if (process.ExitCode is 0 or 1)
            {
                return Math.Max(status, process.ExitCode);
            }

            long number = CaseClock.Read(Path.Combine(folder, "current"));
            string how = process.ExitCode == CaseClock.HungStatus ? "hung" : $"died with status {process.ExitCode}";
            Console.WriteLine($"Case {number} of seed {seed}: the process {how}.");
            File.WriteAllText(Path.Combine(folder, $"{seed}-{number}.txt"), how);
            status = 1;
            if (++deaths > 200)
            {
                return 1;
            }

            first = number + 1;
        }

        return status;
    }

    private static void Write(string folder, int seed, FuzzRunner runner, FuzzFinding finding)
    {
        string path = Path.Combine(folder, $"{seed}-{finding.Case}");
        File.WriteAllText(path + ".txt", $"{finding.Signature}{Environment.NewLine}{finding.Details}{Environment.NewLine}");
        File.WriteAllBytes(path + ".onnx", runner.ModelOf(finding.Case));
        Console.WriteLine($"case {finding.Case}: {finding.Signature}");
    }

    private static long PeakResidentMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 >> 20;
    }

    private static long Number(string[] args, string name, long fallback) =>
        Text(args, name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : fallback;

    private static string? Text(string[] args, string name)
    {
        int index = Array.IndexOf(args, name);
        return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
    }
}
