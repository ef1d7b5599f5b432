namespace Toolkit.Trainer.Autograd;

/// <summary>A model's forward computation as it is in inference: what export turns into a graph.</summary>
/// <param name="Values">Every value, by index.</param>
/// <param name="Steps">The operations in order.</param>
/// <param name="Inputs">Indices of the inputs' values.</param>
/// <param name="Outputs">Indices of the outputs' values, with the names that they carry in the file.</param>
public sealed record InferenceTrace(
    IReadOnlyList<TraceValue> Values,
    IReadOnlyList<TraceStep> Steps,
    IReadOnlyList<int> Inputs,
    IReadOnlyList<(string Name, int Value)> Outputs);
