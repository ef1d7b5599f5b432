using Toolkit.Numerics;

namespace Toolkit.Export.Quantization;

/// <summary>Sums over a signal x and what quantization made of it, y, batch by batch.</summary>
internal sealed class SignalComparison(QuantizationParameters? parameters, ElementType type)
{
    private double _signal;
    private double _other;
    private double _product;
    private double _noise;
    private long _clipped;
    private long _count;

    public double SqnrDb => _signal == 0 ? double.NaN : 10 * Math.Log10(_signal / _noise);

    public double Cosine => _noise == 0 ? 1 : _signal == 0 || _other == 0 ? 0 : _product / Math.Sqrt(_signal * _other);

    public double? ClipRate => parameters is null ? null : _count == 0 ? 0 : (double)_clipped / _count;

    public void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        // Half a step beyond the last code is rounding, not clipping.
        double half = parameters is { } given ? given.Scale / 2.0 : 0;
        double low = parameters is { } p ? p.Low(type) - half : double.NegativeInfinity;
        double high = parameters is { } q ? q.High(type) + half : double.PositiveInfinity;
        for (int i = 0; i < x.Length; i++)
        {
            double a = x[i];
            double b = y[i];
            _signal += a * a;
            _other += b * b;
            _product += a * b;
            _noise += (a - b) * (a - b);
            _clipped += a < low || a > high ? 1 : 0;
        }

        _count += x.Length;
    }
}
