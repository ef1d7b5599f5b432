namespace Toolkit.Export.Quantization;

/// <summary>What quantization does to a model.</summary>
/// <param name="Layers">The quantized layers in the model's order.</param>
/// <param name="SqnrDb">The signal-to-quantization-noise ratio of the first output, in decibel.</param>
/// <param name="ScoreFloat">The float model's score on the samples of the analysis; null without a score.</param>
/// <param name="ScoreQuantized">The quantized model's score on them; null without a score.</param>
/// <param name="SuggestedExcludes">Nodes to leave float, the one that costs most first; empty where none stands out.</param>
public sealed record QuantizationReport(
    IReadOnlyList<LayerReport> Layers, double SqnrDb, double? ScoreFloat, double? ScoreQuantized, IReadOnlyList<string> SuggestedExcludes);
