namespace Toolkit.Export.Quantization;

/// <summary>A quantized model's file.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Agreements">What each backend made of it before it was put in place.</param>
public sealed record QuantizedFile(string Path, long Bytes, IReadOnlyList<BackendAgreement> Agreements);
