using System.Diagnostics;
using System.Globalization;
using Toolkit.Benchmarks.Peers;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Data;

// The same network, data, batch size, optimizer and thread count on both sides, one epoch each in turn, so that a change of the
// machine's speed meets both. Prints the median samples a second and the median of the epoch-by-epoch ratios.
const int BatchSize = 128;
const int Hidden = 512;
int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 7;
string folder = args.Length > 1 ? args[1] : "";
DatasetSplits splits = DatasetCatalog.Resolve(
    "mnist", "synthetic-digits", new DatasetRequest { Folder = folder.Length > 0 ? folder : null, Offline = true }).Data;
Dataset data = splits.Train.Flat().OneHot(splits.Classes.Count);
Console.WriteLine($"784-512-10, RMSprop, batch {BatchSize}, {data.Count} samples of {splits.Name}, kernels {KernelSet.Current.Name}, {rounds} rounds");
Console.WriteLine();
Console.WriteLine("| threads | Toolkit, samples/s | TorchSharp, samples/s | ratio (median of rounds) | last loss, Toolkit / TorchSharp |");
Console.WriteLine("|---|---|---|---|---|");
foreach (int threads in Environment.ProcessorCount > 1 ? [1, 2] : new[] { 1 })
{
    using var ours = new ToolkitMlp(data, BatchSize, Hidden, threads);
    using var theirs = new TorchMlp(data, BatchSize, Hidden, threads);
    ours.TrainEpoch();
    theirs.TrainEpoch();
    var oursPerSecond = new List<double>();
    var theirsPerSecond = new List<double>();
    var ratios = new List<double>();
    double ourLoss = 0;
    double theirLoss = 0;
    for (int round = 0; round < rounds; round++)
    {
        (double ourRate, ourLoss) = Measure(ours, data.Count);
        (double theirRate, theirLoss) = Measure(theirs, data.Count);
        oursPerSecond.Add(ourRate);
        theirsPerSecond.Add(theirRate);
        ratios.Add(ourRate / theirRate);
    }

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {threads} | {Median(oursPerSecond):N0} | {Median(theirsPerSecond):N0} | {Median(ratios):0.00} ({ratios.Min():0.00} to {ratios.Max():0.00}) | {ourLoss:0.0000} / {theirLoss:0.0000} |"));
}

static (double SamplesPerSecond, double Loss) Measure(IPeer peer, int samples)
{
    long start = Stopwatch.GetTimestamp();
    double loss = peer.TrainEpoch();
    return (samples / Stopwatch.GetElapsedTime(start).TotalSeconds, loss);
}

static double Median(List<double> values)
{
    double[] sorted = [.. values.Order()];
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
