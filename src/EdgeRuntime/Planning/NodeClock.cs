using System.Diagnostics;
using Toolkit.EdgeRuntime.Graphs;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>Splits the time of runs among nodes: each stop gives a node the time since the one before, so that the parts add up to the whole.</summary>
internal sealed class NodeClock
{
    private readonly OrderedDictionary<GraphNode, long> _ticks = [];
    private long _start;
    private long _last;
    private long _total;
    private int _runs;

    /// <summary>Begins a run.</summary>
    public void Start() => _start = _last = Stopwatch.GetTimestamp();

    /// <summary>Gives a node the time since the last stop.</summary>
    public void Stop(GraphNode node)
    {
        long now = Stopwatch.GetTimestamp();
        _ticks[node] = _ticks.GetValueOrDefault(node) + now - _last;
        _last = now;
    }

    /// <summary>Ends a run.</summary>
    public void End()
    {
        _total += Stopwatch.GetTimestamp() - _start;
        _runs++;
    }

    /// <summary>Means over the runs.</summary>
    public RunProfile Summarize()
    {
        double microseconds = 1e6 / Stopwatch.Frequency / Math.Max(1, _runs);
        return new RunProfile(_runs, _total * microseconds, [.. _ticks.Select(pair => new NodeTime(pair.Key.Name, pair.Key.Operator.OpType, pair.Value * microseconds))]);
    }
}
