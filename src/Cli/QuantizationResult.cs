using Toolkit.Export.Quantization;

namespace Toolkit.Cli;

/// <summary>What <c>quantize</c> has made and measured.</summary>
internal sealed record QuantizationResult(
    QuantizedModel Model, QuantizationReport Report, QuantizedFile File, long FloatBytes, double ScoreFloat, double ScoreQuantized, bool IsClassifier)
{
    public double SizeRatio => (double)File.Bytes / FloatBytes;
}
