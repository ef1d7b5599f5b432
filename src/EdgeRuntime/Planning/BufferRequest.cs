namespace Toolkit.EdgeRuntime.Planning;

/// <summary>Memory that a plan needs from one step to another, both included.</summary>
/// <param name="Bytes">How much.</param>
/// <param name="First">The step that writes it first.</param>
/// <param name="Last">The step that reads it last.</param>
internal readonly record struct BufferRequest(long Bytes, int First, int Last);
