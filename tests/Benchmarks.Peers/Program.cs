using System.Diagnostics;
using System.Globalization;
using Toolkit.Benchmarks.Peers;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Data;

// peers [rounds] [data folder] [names]: one measurement of each side in turn, so that a change of the machine's speed meets both. Prints the
// median samples a second, the median of the round-by-round ratios, and the floating-point limit between the rounds: where two threads have
// not about twice the limit of one, the machine had no second core to give.
int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 7;
string? folder = args.Length > 1 && args[1].Length > 0 ? args[1] : null;
string[] names = args.Length > 2 ? args[2].Split(',') : [.. Contests.All.Select(contest => contest.Name)];
Console.WriteLine($"kernels {KernelSet.Current.Name}, {rounds} rounds");
Console.WriteLine();
Console.WriteLine("| network | threads | Toolkit, samples/s | TorchSharp, samples/s | ratio (median, least to greatest) | limit, GFLOPS (median, least to greatest) | last loss, Toolkit / TorchSharp |");
Console.WriteLine("|---|---|---|---|---|---|---|");
foreach (Contest contest in Contests.All.Where(contest => names.Contains(contest.Name)))
{
    Dataset data = contest.Data(folder);
    foreach (int threads in Environment.ProcessorCount > 1 ? [1, 2] : new[] { 1 })
    {
        Compare(contest, data, threads);
    }
}

void Compare(Contest contest, Dataset data, int threads)
{
    using var ours = new ToolkitPeer(contest, data, threads);
    using var theirs = new TorchPeer(contest, data, threads);
    ours.Train(contest.Epochs);
    theirs.Train(contest.Epochs);
    var oursPerSecond = new List<double>();
    var theirsPerSecond = new List<double>();
    var ratios = new List<double>();
    var limits = new List<double>();
    using var pool = new WorkerPool(threads);
    double ourLoss = 0;
    double theirLoss = 0;
    for (int round = 0; round < rounds; round++)
    {
        (double ourRate, ourLoss, double limit) = Measure(ours, contest.Epochs, data.Count, pool);
        (double theirRate, theirLoss, _) = Measure(theirs, contest.Epochs, data.Count, pool);
        limits.Add(limit);
        oursPerSecond.Add(ourRate);
        theirsPerSecond.Add(theirRate);
        ratios.Add(ourRate / theirRate);
    }

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {contest.Name}: {contest.Text} | {threads} | {Median(oursPerSecond):N0} | {Median(theirsPerSecond):N0} | {Median(ratios):0.00} ({ratios.Min():0.00} to {ratios.Max():0.00}) | {Median(limits):0} ({limits.Min():0} to {limits.Max():0}) | {ourLoss:0.0000} / {theirLoss:0.0000} |"));
}

static (double SamplesPerSecond, double Loss, double Limit) Measure(IPeer peer, int epochs, int samples, WorkerPool pool)
{
    // Threads of the side before may still spin in wait for work; after a rest the processors take a while to be there again.
    Thread.Sleep(30);
    double limit = 0;
    long awake = Stopwatch.GetTimestamp();
    while (Stopwatch.GetElapsedTime(awake).TotalMilliseconds < 50)
    {
        limit = FloatingPointLimit.Measure(pool) / 1e9;
    }

    long start = Stopwatch.GetTimestamp();
    double loss = peer.Train(epochs);
    return ((double)samples * epochs / Stopwatch.GetElapsedTime(start).TotalSeconds, loss, limit);
}

static double Median(List<double> values)
{
    double[] sorted = [.. values.Order()];
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
