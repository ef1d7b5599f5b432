namespace Toolkit.EdgeRuntime;

/// <summary>Where the time of a run goes.</summary>
/// <param name="Runs">The runs that were timed.</param>
/// <param name="Microseconds">The mean run.</param>
/// <param name="Nodes">The nodes in the order in which they run. What was computed ahead of the run is not among them.</param>
public sealed record RunProfile(int Runs, double Microseconds, IReadOnlyList<NodeTime> Nodes)
{
    /// <summary>The part of the run that is no node's: binding the caller's tensors and copying outputs. With it the parts add up.</summary>
    public double OtherMicroseconds => Math.Max(0, Microseconds - Nodes.Sum(node => node.Microseconds));
}
