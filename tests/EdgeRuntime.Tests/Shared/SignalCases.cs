using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of windows and spectra.</summary>
internal static class SignalCases
{
    public static IReadOnlyList<OperatorCase> All { get; } = [.. Windows(), .. Transforms(), .. Frames(), .. Mel()];

    private static IEnumerable<OperatorCase> Windows()
    {
        foreach (bool periodic in new[] { true, false })
        {
            double step = 2 * Math.PI / (periodic ? 10 : 9);
            int[] n = [.. Enumerable.Range(0, 10)];
            yield return new($"HannWindow periodic {periodic}", new O.HannWindow(ElementType.Float32, periodic), [Tensor.Scalar(10L)], Tensor.Vector([.. n.Select(i => (float)(0.5 - (0.5 * Math.Cos(i * step))))]));
            yield return new($"HammingWindow periodic {periodic}", new O.HammingWindow(ElementType.Float32, periodic), [Tensor.Scalar(10)], Tensor.Vector([.. n.Select(i => (float)((25.0 / 46) - (21.0 / 46 * Math.Cos(i * step))))]));
            yield return new($"BlackmanWindow periodic {periodic}", new O.BlackmanWindow(ElementType.Float64, periodic), [Tensor.Scalar(10L)], Tensor.Vector([.. n.Select(i => 0.42 - (0.5 * Math.Cos(i * step)) + (0.08 * Math.Cos(2 * i * step)))]));
        }

        yield return new("HannWindow of nothing", new O.HannWindow(), [Tensor.Scalar(0L)], new Tensor<float>([0]));
    }

    private static IEnumerable<OperatorCase> Transforms()
    {
        var random = new RandomTensors(51);
        foreach (int length in new[] { 8, 6 })
        {
            Tensor real = random.Float(2, length, 3, 1);
            Tensor complex = random.Double(2, length, 3, 2);
            yield return new($"DFT of {length} real numbers", new O.DFT(), [real, null, Tensor.Scalar(1L)], Dft(real, length, false, length));
            yield return new($"DFT of {length} complex numbers", new O.DFT(), [complex, null, Tensor.Scalar(-3L)], Dft(complex, length, false, length));
            yield return new($"DFT of {length} real numbers, one side", new O.DFT(false, true), [real, null, Tensor.Scalar(1L)], Dft(real, length, false, (length / 2) + 1));
            yield return new($"DFT inverse of {length}", new O.DFT(true), [complex, null, Tensor.Scalar(1L)], Dft(complex, length, true, length));
        }

        Tensor x = random.Float(2, 10, 1, 1);
        yield return new("DFT filled with zeros", new O.DFT(), [x, Tensor.Scalar(13L), Tensor.Scalar(1L)], Dft(x, 13, false, 13));
        yield return new("DFT cut", new O.DFT(false, true), [x, Tensor.Scalar(7L), Tensor.Scalar(1L)], Dft(x, 7, false, 4));
        Tensor last = random.Float(1, 5, 2);
        yield return new("DFT of the last axis", new O.DFT(), [last], Dft(last.Reshape([1, 5, 1, 2]), 5, false, 5).Reshape([1, 5, 2]));
    }

    private static IEnumerable<OperatorCase> Frames()
    {
        var random = new RandomTensors(52);
        Tensor signal = random.Float(2, 20, 1);
        Tensor window = random.Float(6);
        double[] x = Elements.Of(signal);
        double[] w = Elements.Of(window);
        foreach (bool oneSided in new[] { true, false })
        {
            int frequencies = oneSided ? 4 : 6;
            yield return new($"STFT with a window, one side {oneSided}", new O.STFT(oneSided), [signal, Tensor.Scalar(4L), window], Reference.Build(ElementType.Float32, [2, 4, frequencies, 2], i => Part(n => w[n] * x[(i[0] * 20) + (i[1] * 4) + n], 6, i[2], i[3])));
            yield return new($"STFT without a window, one side {oneSided}", new O.STFT(oneSided), [signal, Tensor.Scalar(4L), null, Tensor.Scalar(6L)], Reference.Build(ElementType.Float32, [2, 4, frequencies, 2], i => Part(n => x[(i[0] * 20) + (i[1] * 4) + n], 6, i[2], i[3])));
        }
    }

    private static IEnumerable<OperatorCase> Mel()
    {
        // Corners at floor(17 · f / 8192) of f = 700 (10^(m / 2595) - 1), m in steps of a fourth of mel(4096 Hz).
        double top = 2595 * Math.Log10(1 + (4096.0 / 700));
        int[] corners = [.. Enumerable.Range(0, 4).Select(i => (int)Math.Floor(17 * (700 * (Math.Pow(10, i * top / 4 / 2595) - 1)) / 8192))];
        yield return new(
            "MelWeightMatrix", new O.MelWeightMatrix(), [Tensor.Scalar(2L), Tensor.Scalar(16L), Tensor.Scalar(8192L), Tensor.Scalar(0f), Tensor.Scalar(4096f)],
            Reference.Build(ElementType.Float32, [9, 2], i =>
            {
                (int low, int middle, int high) = (corners[i[1]], corners[i[1] + 1], corners[i[1] + 2]);
                return i[0] == middle ? 1 : i[0] >= low && i[0] < middle ? (double)(i[0] - low) / (middle - low) : i[0] > middle && i[0] < high ? (double)(high - i[0]) / (high - middle) : 0;
            }));
    }

    // Along axis 1 of [batch, length, inner, parts].
    private static Tensor Dft(Tensor x, int length, bool inverse, int frequencies)
    {
        double[] v = Elements.Of(x);
        (int size, int inner, int parts) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        return Reference.Build(x.ElementType, [x.Shape[0], frequencies, inner, 2], i =>
        {
            double sum = 0;
            for (int n = 0; n < Math.Min(size, length); n++)
            {
                int at = ((((i[0] * size) + n) * inner) + i[2]) * parts;
                (double re, double im) = (v[at], parts == 2 ? v[at + 1] : 0);
                (double sin, double cos) = Math.SinCos((inverse ? 2 : -2) * Math.PI * i[1] * n / length);
                sum += i[3] == 0 ? (re * cos) - (im * sin) : (re * sin) + (im * cos);
            }

            return inverse ? sum / length : sum;
        });
    }

    private static double Part(Func<int, double> x, int length, int k, int part)
    {
        double sum = 0;
        for (int n = 0; n < length; n++)
        {
            double angle = -2 * Math.PI * k * n / length;
            sum += x(n) * (part == 0 ? Math.Cos(angle) : Math.Sin(angle));
        }

        return sum;
    }
}
