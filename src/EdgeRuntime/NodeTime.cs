namespace Toolkit.EdgeRuntime;

/// <summary>The time of one node of the compiled model, which may stand for several of the file that were fused.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Operator">Its operator; a fused one has a name of its own.</param>
/// <param name="Microseconds">Its time in the mean run.</param>
public sealed record NodeTime(string Name, string Operator, double Microseconds);
