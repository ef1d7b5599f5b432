namespace Toolkit.EdgeRuntime.Planning;

/// <summary>One kernel call of a plan.</summary>
/// <param name="Node">The node.</param>
/// <param name="ScratchBytes">The scratch memory that it asked for.</param>
/// <param name="ScratchBuffer">The buffer in the arena that holds it; -1 without.</param>
internal readonly record struct PlanStep(PreparedNode Node, long ScratchBytes, int ScratchBuffer);
