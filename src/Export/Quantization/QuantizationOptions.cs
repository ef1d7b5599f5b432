using Toolkit.EdgeRuntime;
using Toolkit.Numerics;

namespace Toolkit.Export.Quantization;

/// <summary>How a model is quantized.</summary>
public sealed record QuantizationOptions
{
    /// <summary>The options that are used where none are given.</summary>
    public static QuantizationOptions Default { get; } = new();

    /// <summary>How the ranges of activations are chosen.</summary>
    public CalibrationMethod Method { get; init; } = CalibrationMethod.MinMax;

    /// <summary>The share of values, in percent, that <see cref="CalibrationMethod.Percentile"/> keeps; above 50, at most 100.</summary>
    public double Percentile { get; init; } = 99.99;

    /// <summary>
    /// The weight of the newest batch in <see cref="CalibrationMethod.MovingAverage"/>, in (0, 1]: r += constant · (batch − r).
    /// </summary>
    public double AveragingConstant { get; init; } = 0.01;

    /// <summary>The type of activations: <see cref="ElementType.Int8"/> or <see cref="ElementType.UInt8"/>.</summary>
    public ElementType ActivationType { get; init; } = ElementType.Int8;

    /// <summary>Whether a weight has one scale in place of one for each output channel.</summary>
    public bool IsPerTensor { get; init; }

    /// <summary>The names of nodes that stay float.</summary>
    public IReadOnlyCollection<string> ExcludedNodes { get; init; } = [];

    /// <summary>Samples that a calibration run takes at once; a model with a fixed batch takes its own.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Threads and limits of the engine that calibrates and measures.</summary>
    public InferenceOptions Inference { get; init; } = InferenceOptions.Default;

    internal void Validate()
    {
        if (ActivationType is not (ElementType.Int8 or ElementType.UInt8))
        {
            throw new ArgumentException($"Quantize: expected activations of type Int8 or UInt8, got {ActivationType}.");
        }

        if (!(Percentile > 50 && Percentile <= 100))
        {
            throw new ArgumentException(FormattableString.Invariant($"Quantize: expected a percentile above 50 and at most 100, got {Percentile}."));
        }

        if (!(AveragingConstant > 0 && AveragingConstant <= 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"Quantize: expected an averaging constant above 0 and at most 1, got {AveragingConstant}."));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
    }
}
