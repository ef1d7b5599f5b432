namespace Toolkit.Export.Quantization;

/// <summary>
/// The magnitudes of a tensor's values, counted as they come: 2,048 bins on each side of 0 over [0, limit). A value beyond the limit doubles it, and
/// pairs of bins are joined, so that memory does not grow with the samples. Exact zeros, which every quantization keeps, are counted apart.
/// </summary>
internal sealed class StreamingHistogram
{
    public const int Bins = 2048;

    private readonly long[] _negative = new long[Bins];
    private readonly long[] _positive = new long[Bins];
    private double _limit;

    /// <summary>Counts of values in (−(i + 1) · width, −i · width].</summary>
    public ReadOnlySpan<long> Negative => _negative;

    /// <summary>Counts of values in [i · width, (i + 1) · width).</summary>
    public ReadOnlySpan<long> Positive => _positive;

    public long Zeros { get; private set; }

    public long Count { get; private set; }

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    public double BinWidth => _limit / Bins;

    /// <summary>Adds values, whose least and greatest are known and finite.</summary>
    public void Add(ReadOnlySpan<float> values, float min, float max)
    {
        Min = Math.Min(Min, min);
        Max = Math.Max(Max, max);
        Count += values.Length;
        Grow(Math.Max(Math.Abs((double)min), Math.Abs((double)max)));
        if (_limit == 0)
        {
            Zeros += values.Length;
            return;
        }

        double perWidth = Bins / _limit;
        foreach (float value in values)
        {
            if (value > 0)
            {
                _positive[(int)(value * perWidth)]++;
            }
            else if (value < 0)
            {
                _negative[(int)(-value * perWidth)]++;
            }
            else
            {
                Zeros++;
            }
        }
    }

    // The limit is a power of two, so that bins are exact and the greatest magnitude lies below it.
    private void Grow(double magnitude)
    {
        if (magnitude < _limit || magnitude == 0)
        {
            return;
        }

        double limit = Math.ScaleB(1, Math.ILogB(magnitude) + 1);
        int shift = _limit == 0 ? 0 : Math.ILogB(limit) - Math.ILogB(_limit);
        if (shift > 0)
        {
            Join(_negative, shift);
            Join(_positive, shift);
        }

        _limit = limit;
    }

    private static void Join(long[] bins, int shift)
    {
        for (int i = 0; i < Bins; i++)
        {
            long count = bins[i];
            bins[i] = 0;
            bins[shift >= 31 ? 0 : i >> shift] += count;
        }
    }
}
