using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Toolkit.Cli.Frame;
using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx;

namespace Toolkit.Cli;

/// <summary>Where a run of the managed engine spends its time, node by node and operator by operator.</summary>
internal static class NodeProfile
{
    private const int MinRuns = 5;
    private const int MaxRuns = 1000;
    private const double TargetMicroseconds = 500_000;

    /// <summary>Measures, prints, and returns what <c>--json</c> shows.</summary>
    /// <exception cref="UsageException">The managed engine is not among the sessions.</exception>
    public static JsonObject Measure(CommandContext context, ModelFile model, IEnumerable<IInferenceSession> sessions, OrderedDictionary<string, Tensor> inputs, int batch)
    {
        ManagedSession session = sessions.OfType<ManagedSession>().FirstOrDefault()
            ?? throw new UsageException("--profile: expected the backend managed among those that run the model, got none; name it with --backends.");
        Tensor[] tensors = [.. inputs.Values];
        double once = session.Profile(tensors, 1).Microseconds;
        RunProfile profile = session.Profile(tensors, (int)Math.Clamp(TargetMicroseconds / Math.Max(once, 1), MinRuns, MaxRuns));
        using var workers = new WorkerPool(context.Threads);
        double limit = FloatingPointLimit.Measure(workers);
        Dictionary<string, long> multiplyAdds = CountMultiplyAdds(model, batch);
        Print(context, profile, multiplyAdds, limit);
        return new JsonObject
        {
            ["runs"] = profile.Runs,
            ["run_us"] = profile.Microseconds,
            ["other_us"] = profile.OtherMicroseconds,
            ["limit_gflops"] = limit / 1e9,
            ["nodes"] = JsonText.Objects(profile.Nodes.Select(node => new JsonObject
            {
                ["name"] = node.Name,
                ["operator"] = node.Operator,
                ["us"] = node.Microseconds,
                ["share"] = node.Microseconds / profile.Microseconds,
                ["macs"] = multiplyAdds.TryGetValue(node.Name, out long macs) ? macs : null,
                ["share_of_limit"] = macs > 0 ? ShareOfLimit(macs, node.Microseconds, limit) : null,
            })),
        };
    }

    private static Dictionary<string, long> CountMultiplyAdds(ModelFile model, int batch)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        bool isFixed = model.Model?.Graph.Inputs.Any(input => input.Shape is { Rank: > 0 } shape && shape[0].IsKnown) == true;
        foreach (NodeStatistics node in model.Model is null ? [] : ModelStatistics.Of(model.Model).Nodes)
        {
            if (node.MultiplyAccumulates is { } count and > 0)
            {
                counts[node.Node.Name] = isFixed ? count : count * batch;
            }
        }

        return counts;
    }

    private static double ShareOfLimit(long multiplyAdds, double microseconds, double limit) => 2e6 * multiplyAdds / microseconds / limit;

    private static void Print(CommandContext context, RunProfile profile, Dictionary<string, long> multiplyAdds, double limit)
    {
        Table nodes = Tables.Create("node", "operator", "us", "share %", "multiply-adds", "of limit %");
        foreach (NodeTime node in profile.Nodes)
        {
            long macs = multiplyAdds.GetValueOrDefault(node.Name);
            Tables.AddRow(nodes, node.Name, node.Operator, Number(node.Microseconds, "F1"), Number(100 * node.Microseconds / profile.Microseconds, "F1"), macs > 0 ? Number(macs, "N0") : "", macs > 0 ? Number(100 * ShareOfLimit(macs, node.Microseconds, limit), "F0") : "");
        }

        Tables.AddRow(nodes, "other", "", Number(profile.OtherMicroseconds, "F1"), Number(100 * profile.OtherMicroseconds / profile.Microseconds, "F1"), "", "");
        Tables.AddRow(nodes, "run", "", Number(profile.Microseconds, "F1"), "100.0", "", "");
        Table operators = Tables.Create("operator", "nodes", "us", "share %");
        foreach (IGrouping<string, NodeTime> group in profile.Nodes.GroupBy(node => node.Operator).OrderByDescending(group => group.Sum(node => node.Microseconds)))
        {
            double sum = group.Sum(node => node.Microseconds);
            Tables.AddRow(operators, group.Key, Number(group.Count(), "N0"), Number(sum, "F1"), Number(100 * sum / profile.Microseconds, "F1"));
        }

        context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"profile of {profile.Runs} runs on the managed engine; limit {limit / 1e9:N0} Gflop/s"));
        context.Console.Write(nodes);
        context.Console.Write(operators);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
