using System.Numerics;
using System.Runtime.InteropServices;

namespace Toolkit.Export.Quantization;

/// <summary>What calibration keeps of one tensor, batch by batch.</summary>
internal sealed class TensorStatistics(string name, QuantizationOptions options)
{
    private readonly StreamingHistogram? _histogram =
        options.Method is CalibrationMethod.Percentile or CalibrationMethod.Entropy or CalibrationMethod.MeanSquaredError ? new StreamingHistogram() : null;

    private bool _isEmpty = true;

    public double Min { get; private set; }

    public double Max { get; private set; }

    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public void Add(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        if (FindRange(values) is not var (min, max))
        {
            throw new ArgumentException($"Calibration: expected finite values, got NaN or an infinite one in '{name}'; the model overflows on these samples, check their scaling.");
        }

        _histogram?.Add(values, min, max);
        if (_isEmpty)
        {
            (Min, Max, _isEmpty) = (min, max, false);
        }
        else if (options.Method == CalibrationMethod.MovingAverage)
        {
            Min += options.AveragingConstant * (min - Min);
            Max += options.AveragingConstant * (max - Max);
        }
        else
        {
            Min = Math.Min(Min, min);
            Max = Math.Max(Max, max);
        }
    }

    /// <summary>The range that the method chooses; it includes 0.</summary>
    public (double Min, double Max) Range()
    {
        (double min, double max) = _histogram is null ? (Min, Max) : options.Method switch
        {
            CalibrationMethod.Percentile => RangeSearch.Percentile(_histogram, options.Percentile),
            CalibrationMethod.Entropy => RangeSearch.Entropy(_histogram),
            _ => RangeSearch.MeanSquaredError(_histogram),
        };
        return (Math.Min(0, min), Math.Max(0, max));
    }

    /// <summary>The least and the greatest value; null where one is not finite.</summary>
    public static (float Min, float Max)? FindRange(ReadOnlySpan<float> values)
    {
        float min = float.PositiveInfinity;
        float max = float.NegativeInfinity;
        float check = 0;
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        if (!vectors.IsEmpty)
        {
            Vector<float> least = vectors[0];
            Vector<float> greatest = vectors[0];
            Vector<float> zeros = Vector<float>.Zero;
            foreach (Vector<float> vector in vectors)
            {
                least = Vector.Min(least, vector);
                greatest = Vector.Max(greatest, vector);

                // 0 times anything that is not finite is NaN, which no sum loses.
                zeros += vector * Vector<float>.Zero;
            }

            check = Vector.Sum(zeros);
            for (int i = 0; i < Vector<float>.Count; i++)
            {
                min = Math.Min(min, least[i]);
                max = Math.Max(max, greatest[i]);
            }
        }

        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
        {
            check += value * 0;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        return float.IsNaN(check) ? null : (min, max);
    }
}
