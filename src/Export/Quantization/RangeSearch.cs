namespace Toolkit.Export.Quantization;

/// <summary>Chooses clipping ranges from histograms.</summary>
internal static class RangeSearch
{
    private const int Levels = 255;
    private const int FirstEntropyBin = 128;

    // A distribution over 2,048 bins is not known from fewer values: empty bins would pass for outliers.
    private const long LeastValuesForEntropy = 16 * StreamingHistogram.Bins;
    private const int Candidates = 128;
    private const int Rounds = 3;

    /// <summary>The range that leaves (100 − percentile) / 2 percent of the values below it and as many above.</summary>
    public static (double Min, double Max) Percentile(StreamingHistogram histogram, double percentile)
    {
        double outside = histogram.Count * (100 - percentile) / 200;
        return (Math.Max(histogram.Min, -Tail(histogram.Negative, outside, histogram.BinWidth)), Math.Min(histogram.Max, Tail(histogram.Positive, outside, histogram.BinWidth)));
    }

    /// <summary>
    /// The magnitude t at which the distribution P, clipped at t, and the same quantized to the codes of [0, t], Q, have the least
    /// Σ P · ln(P / Q); the range is what of [−t, t] was seen. The whole range where there are too few values to tell.
    /// </summary>
    public static (double Min, double Max) Entropy(StreamingHistogram histogram)
    {
        var counts = new double[StreamingHistogram.Bins];
        int last = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = histogram.Negative[i] + histogram.Positive[i];
            last = counts[i] > 0 ? i : last;
        }

        if (counts.Sum() < LeastValuesForEntropy)
        {
            return (histogram.Min, histogram.Max);
        }

        int levels = histogram.Min < 0 && histogram.Max > 0 ? (Levels + 1) / 2 : Levels;
        double best = double.PositiveInfinity;
        int chosen = last + 1;
        var quantized = new double[counts.Length];
        for (int end = Math.Max(FirstEntropyBin, levels); end <= last + 1; end++)
        {
            double divergence = Divergence(counts, end, levels, quantized);
            if (divergence < best)
            {
                (best, chosen) = (divergence, end);
            }
        }

        double limit = chosen * histogram.BinWidth;
        return (Math.Max(histogram.Min, -limit), Math.Min(histogram.Max, limit));
    }

    /// <summary>
    /// The range of the least Σ n · e², where e² is scale² / 12 for what is rounded and the squared distance to the range for what is clipped. Each end is
    /// searched in turn.
    /// </summary>
    public static (double Min, double Max) MeanSquaredError(StreamingHistogram histogram)
    {
        double least = Math.Min(0, histogram.Min);
        double greatest = Math.Max(0, histogram.Max);
        (double min, double max) = (least, greatest);
        double best = SquaredError(histogram, min, max);
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 1; i <= Candidates; i++)
            {
                double candidate = greatest * i / Candidates;
                if (SquaredError(histogram, min, candidate) is var error && error < best)
                {
                    (best, max) = (error, candidate);
                }
            }

            for (int i = 1; i <= Candidates; i++)
            {
                double candidate = least * i / Candidates;
                if (SquaredError(histogram, candidate, max) is var error && error < best)
                {
                    (best, min) = (error, candidate);
                }
            }
        }

        return (min, max);
    }

    // The magnitude beyond which at most that many values lie.
    private static double Tail(ReadOnlySpan<long> bins, double outside, double width)
    {
        long beyond = 0;
        for (int i = bins.Length - 1; i >= 0; i--)
        {
            beyond += bins[i];
            if (beyond > outside)
            {
                return (i + 1) * width;
            }
        }

        return 0;
    }

    private static double Divergence(ReadOnlySpan<double> counts, int end, int levels, Span<double> quantized)
    {
        double inside = 0;
        for (int level = 0; level < levels; level++)
        {
            int from = (int)((long)level * end / levels);
            int to = (int)((long)(level + 1) * end / levels);
            double sum = 0;
            int filled = 0;
            for (int i = from; i < to; i++)
            {
                sum += counts[i];
                filled += counts[i] > 0 ? 1 : 0;
            }

            inside += sum;
            for (int i = from; i < to; i++)
            {
                quantized[i] = counts[i] > 0 ? sum / filled : 0;
            }
        }

        double outside = 0;
        foreach (double count in counts[end..])
        {
            outside += count;
        }

        if (inside == 0 || (quantized[end - 1] == 0 && outside > 0))
        {
            return double.PositiveInfinity;
        }

        double total = inside + outside;
        double divergence = 0;
        for (int i = 0; i < end; i++)
        {
            double p = (counts[i] + (i == end - 1 ? outside : 0)) / total;
            divergence += p > 0 ? p * Math.Log(p / (quantized[i] / inside)) : 0;
        }

        return divergence;
    }

    private static double SquaredError(StreamingHistogram histogram, double min, double max)
    {
        double scale = (max - min) / Levels;
        return Side(histogram.Negative, -min) + Side(histogram.Positive, max);

        double Side(ReadOnlySpan<long> bins, double limit)
        {
            double width = histogram.BinWidth;
            double rounding = scale * scale / 12;
            double error = 0;
            for (int i = 0; i < bins.Length; i++)
            {
                double over = ((i + 0.5) * width) - limit;
                error += bins[i] * (over > 0 ? over * over : rounding);
            }

            return error;
        }
    }
}
