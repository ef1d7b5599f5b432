namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The discrete Fourier transform, X[k] = Σ x[n] · e^(-2πikn/N), in float64: by radix 2 (Cooley and Tukey, 1965) where N is a power of 2, else
/// as a convolution of that length (Bluestein, 1970). Tables are computed once by <see cref="FillTables"/> and used for any number of signals.
/// </summary>
public static class FourierTransform
{
    /// <summary>The number of float64 that the tables and the work of transforms of a length take.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 1.</exception>
    public static long TableLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return IsPowerOfTwo(length) ? length : (2L * length) + (5 * PaddedLength(length));
    }

    /// <summary>Fills the tables of a length.</summary>
    /// <exception cref="ArgumentException">The room is not <see cref="TableLength"/>.</exception>
    public static void FillTables(int length, Span<double> tables)
    {
        RequireTables(length, tables);
        if (IsPowerOfTwo(length))
        {
            FillTwiddles(length, tables);
            return;
        }

        int padded = (int)PaddedLength(length);
        Span<double> real = tables[..length];
        Span<double> imaginary = tables.Slice(length, length);
        Span<double> filterReal = tables.Slice(2 * length, padded);
        Span<double> filterImaginary = tables.Slice((2 * length) + padded, padded);
        Span<double> twiddles = tables.Slice((2 * length) + (2 * padded), padded);
        FillTwiddles(padded, twiddles);
        filterReal.Clear();
        filterImaginary.Clear();
        for (int i = 0; i < length; i++)
        {
            // The chirp e^(-πi n²/N); n² modulo 2N keeps the angle small and so exact.
            double angle = Math.PI * ((long)i * i % (2L * length)) / length;
            real[i] = Math.Cos(angle);
            imaginary[i] = -Math.Sin(angle);
            int mirror = (padded - i) % padded;
            filterReal[i] = filterReal[mirror] = real[i];
            filterImaginary[i] = filterImaginary[mirror] = -imaginary[i];
        }

        Radix2(filterReal, filterImaginary, twiddles);
    }

    /// <summary>Transforms a signal in place. The inverse is divided by its length.</summary>
    /// <param name="real">The real parts.</param>
    /// <param name="imaginary">The imaginary parts.</param>
    /// <param name="inverse">Whether the exponent is positive and the result divided by N.</param>
    /// <param name="tables">What <see cref="FillTables"/> has filled; a part of it is written to.</param>
    /// <exception cref="ArgumentException">The lengths do not agree.</exception>
    public static void Transform(Span<double> real, Span<double> imaginary, bool inverse, Span<double> tables)
    {
        if (real.Length != imaginary.Length)
        {
            throw new ArgumentException($"Expected as many imaginary parts as real ones, {real.Length}, got {imaginary.Length}.", nameof(imaginary));
        }

        RequireTables(real.Length, tables);
        if (inverse)
        {
            // The transform of the exchanged parts is the inverse with its parts exchanged.
            Forward(imaginary, real, tables);
            foreach (ref double value in real)
            {
                value /= real.Length;
            }

            foreach (ref double value in imaginary)
            {
                value /= real.Length;
            }
        }
        else
        {
            Forward(real, imaginary, tables);
        }
    }

    private static void Forward(Span<double> real, Span<double> imaginary, Span<double> tables)
    {
        int length = real.Length;
        if (IsPowerOfTwo(length))
        {
            Radix2(real, imaginary, tables);
            return;
        }

        int padded = (int)PaddedLength(length);
        Span<double> chirpReal = tables[..length];
        Span<double> chirpImaginary = tables.Slice(length, length);
        Span<double> filterReal = tables.Slice(2 * length, padded);
        Span<double> filterImaginary = tables.Slice((2 * length) + padded, padded);
        Span<double> twiddles = tables.Slice((2 * length) + (2 * padded), padded);
        Span<double> workReal = tables.Slice((2 * length) + (3 * padded), padded);
        Span<double> workImaginary = tables.Slice((2 * length) + (4 * padded), padded);
        workReal.Clear();
        workImaginary.Clear();
        Multiply(real, imaginary, chirpReal, chirpImaginary, workReal, workImaginary);
        Radix2(workReal, workImaginary, twiddles);

        // Back again by the transform of the exchanged parts.
        Multiply(workReal, workImaginary, filterReal, filterImaginary, workReal, workImaginary);
        Radix2(workImaginary, workReal, twiddles);
        Multiply(workReal[..length], workImaginary[..length], chirpReal, chirpImaginary, real, imaginary);
        for (int i = 0; i < length; i++)
        {
            real[i] /= padded;
            imaginary[i] /= padded;
        }
    }

    // The twiddle factors cos(2πk/N), then -sin(2πk/N), for k below N/2.
    private static void FillTwiddles(int length, Span<double> twiddles)
    {
        int half = length / 2;
        for (int i = 0; i < half; i++)
        {
            twiddles[i] = Math.Cos(2 * Math.PI * i / length);
            twiddles[half + i] = -Math.Sin(2 * Math.PI * i / length);
        }
    }

    private static void Radix2(Span<double> real, Span<double> imaginary, ReadOnlySpan<double> twiddles)
    {
        int length = real.Length;
        for (int i = 1, j = 0; i < length; i++)
        {
            int bit = length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }

            j ^= bit;
            if (i < j)
            {
                (real[i], real[j]) = (real[j], real[i]);
                (imaginary[i], imaginary[j]) = (imaginary[j], imaginary[i]);
            }
        }

        for (int size = 2; size <= length && size > 0; size <<= 1)
        {
            int half = size / 2;
            int step = length / size;
            for (int start = 0; start < length; start += size)
            {
                for (int k = 0; k < half; k++)
                {
                    double c = twiddles[k * step];
                    double s = twiddles[(length / 2) + (k * step)];
                    int a = start + k;
                    int b = a + half;
                    double re = (real[b] * c) - (imaginary[b] * s);
                    double im = (real[b] * s) + (imaginary[b] * c);
                    (real[b], imaginary[b]) = (real[a] - re, imaginary[a] - im);
                    (real[a], imaginary[a]) = (real[a] + re, imaginary[a] + im);
                }
            }
        }
    }

    private static void Multiply(
        ReadOnlySpan<double> aReal, ReadOnlySpan<double> aImaginary, ReadOnlySpan<double> bReal, ReadOnlySpan<double> bImaginary, Span<double> real, Span<double> imaginary)
    {
        for (int i = 0; i < aReal.Length; i++)
        {
            (double a, double b, double c, double d) = (aReal[i], aImaginary[i], bReal[i], bImaginary[i]);
            real[i] = (a * c) - (b * d);
            imaginary[i] = (a * d) + (b * c);
        }
    }

    private static void RequireTables(int length, ReadOnlySpan<double> tables)
    {
        if (tables.Length != TableLength(length))
        {
            throw new ArgumentException($"Expected {TableLength(length)} numbers of tables for a length of {length}, got {tables.Length}.", nameof(tables));
        }
    }

    private static bool IsPowerOfTwo(int length) => (length & (length - 1)) == 0;

    private static long PaddedLength(int length) => (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)((2L * length) - 1));
}
