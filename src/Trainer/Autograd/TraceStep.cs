namespace Toolkit.Trainer.Autograd;

/// <summary>One operation of a trace.</summary>
/// <param name="Path">The layer that made it: <c>dense1</c>.</param>
/// <param name="Function">The operation.</param>
/// <param name="Inputs">Indices of the values that it reads.</param>
/// <param name="Output">The index of the value that it makes.</param>
public sealed record TraceStep(string Path, Function Function, IReadOnlyList<int> Inputs, int Output);
