namespace Toolkit.Export.Quantization;

/// <summary>How the range of an activation is chosen from what calibration has seen.</summary>
public enum CalibrationMethod
{
    /// <summary>The least and the greatest value of all samples: nothing that was seen is clipped.</summary>
    MinMax,

    /// <summary>The exponential moving average of every batch's least and greatest value.</summary>
    MovingAverage,

    /// <summary>The quantiles that leave a given share of the values outside, half of it at each end.</summary>
    Percentile,

    /// <summary>
    /// The clipping magnitude whose quantized histogram has the least Kullback-Leibler divergence from the whole one (Migacz, "8-bit inference with
    /// TensorRT", 2017).
    /// </summary>
    Entropy,

    /// <summary>The range whose expected squared error, of rounding and of clipping, is least.</summary>
    MeanSquaredError,
}
