namespace Toolkit.Export.Quantization;

/// <summary>What quantization does to one layer.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="SqnrDb">
/// The signal-to-quantization-noise ratio of its result in the quantized model, 10 · lg(Σ x² / Σ (x − y)²) decibel, all layers before it quantized too;
/// infinite where nothing differs, NaN where there is no signal.
/// </param>
/// <param name="Cosine">Σ x · y / √(Σ x² · Σ y²); 1 where nothing differs.</param>
/// <param name="ClipRate">The share of its float values that lie outside the range of its codes; null where its result stays float.</param>
/// <param name="ScoreAlone">The model's score with this layer alone quantized; null where it was not measured.</param>
public sealed record LayerReport(QuantizedLayer Layer, double SqnrDb, double Cosine, double? ClipRate, double? ScoreAlone);
