namespace Toolkit.Export.Quantization;

/// <summary>How often a backend, with the quantized model, and the float model choose the same class.</summary>
/// <param name="Backend">The backend's name.</param>
/// <param name="Rows">Rows of the first output, where it is [n, classes]; 0 where it has no classes.</param>
/// <param name="Differing">Rows whose arg-max differs.</param>
public sealed record BackendAgreement(string Backend, int Rows, int Differing);
