using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Reads a plane of pixels at points between them. A border around the plane stands for what lies beyond it, so that no point needs a branch.
/// </summary>
public static unsafe class BilinearSampling
{
    // Points at a time: what is known of them stays in the first-level cache.
    private const int Block = 64;

    // One pixel before the plane; behind it one more, because the right and the lower neighbour of a point in the border are read too.
    private const int Before = 1;
    private const int Border = 3;

    /// <summary>The elements of a plane with its border.</summary>
    /// <exception cref="OverflowException">It would have more than 2³¹ elements.</exception>
    public static int PaddedLength(int height, int width) => checked((height + Border) * (width + Border));

    /// <summary>Copies a plane and puts its border around it.</summary>
    /// <param name="plane">[height, width].</param>
    /// <param name="height">Rows of the plane, 1 or more.</param>
    /// <param name="width">Columns of the plane, 1 or more.</param>
    /// <param name="fill">The value around the plane; null repeats its edge.</param>
    /// <param name="padded">Receives [height + 3, width + 3].</param>
    /// <exception cref="ArgumentException">A size is below 1, or a length is not its plane's.</exception>
    public static void Pad(ReadOnlySpan<float> plane, int height, int width, float? fill, Span<float> padded)
    {
        CheckSizes(height, width);
        Check.Length(plane.Length, height * width);
        Check.Length(padded.Length, PaddedLength(height, width));
        int stride = width + Border;
        for (int y = -Before; y < height + Border - Before; y++)
        {
            Span<float> target = padded.Slice((y + Before) * stride, stride);
            if (fill is { } value && (y < 0 || y >= height))
            {
                target.Fill(value);
                continue;
            }

            ReadOnlySpan<float> row = plane.Slice(Math.Clamp(y, 0, height - 1) * width, width);
            target[0] = fill ?? row[0];
            row.CopyTo(target[Before..]);
            target[(width + Before)..].Fill(fill ?? row[^1]);
        }
    }

    /// <summary>
    /// destination[i] = the plane at (y[i], x[i]), bilinear: with y = t + d and x = l + r, t and l whole, a + d · (b − a) where
    /// a = p[t,l] + r · (p[t,l+1] − p[t,l]) and b the same of row t + 1. Points further out than the border count as in it. The bits do not
    /// depend on the width of the vectors.
    /// </summary>
    /// <param name="padded">The plane with its border, from <see cref="Pad"/>.</param>
    /// <param name="height">Rows of the plane without the border.</param>
    /// <param name="width">Columns of the plane without the border.</param>
    /// <param name="y">Points, down from the centre of the first pixel.</param>
    /// <param name="x">Points, to the right from the centre of the first pixel.</param>
    /// <param name="destination">Receives the values.</param>
    /// <exception cref="ArgumentException">A size is below 1, or a length is not its plane's.</exception>
    public static void Sample(ReadOnlySpan<float> padded, int height, int width, ReadOnlySpan<float> y, ReadOnlySpan<float> x, Span<float> destination)
    {
        CheckSizes(height, width);
        Check.Length(padded.Length, PaddedLength(height, width));
        Check.Length(y.Length, destination.Length);
        Check.Length(x.Length, destination.Length);
        fixed (float* plane = padded, py = y, px = x, to = destination)
        {
            for (int start = 0; start < destination.Length; start += Block)
            {
                SampleBlock(plane, height, width, py + start, px + start, to + start, Math.Min(Block, destination.Length - start));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void SampleBlock(float* plane, int height, int width, float* y, float* x, float* destination, int count)
    {
        int* indices = stackalloc int[Block];
        float* downs = stackalloc float[Block];
        float* rights = stackalloc float[Block];
        int stride = width + Border;
        int vector = Vector<float>.Count;
        int whole = count - (count % vector);
        var lowest = new Vector<float>(-Before);
        var bottom = new Vector<float>(height);
        var end = new Vector<float>(width);
        var strides = new Vector<int>(stride);
        var origin = new Vector<int>((Before * stride) + Before);
        for (int i = 0; i < whole; i += vector)
        {
            // Clamped, so that conversion to a whole number gives an index of the padded plane; that of a NaN gives 0.
            Vector<float> down = Vector.Min(Vector.Max(Unsafe.ReadUnaligned<Vector<float>>(y + i), lowest), bottom);
            Vector<float> right = Vector.Min(Vector.Max(Unsafe.ReadUnaligned<Vector<float>>(x + i), lowest), end);
            Vector<float> top = Vector.Floor(down);
            Vector<float> left = Vector.Floor(right);
            Unsafe.WriteUnaligned(indices + i, (Vector.ConvertToInt32(top) * strides) + Vector.ConvertToInt32(left) + origin);
            Unsafe.WriteUnaligned(downs + i, down - top);
            Unsafe.WriteUnaligned(rights + i, right - left);
        }

        for (int i = whole; i < count; i++)
        {
            float down = MathF.Min(MathF.Max(y[i], -Before), height);
            float right = MathF.Min(MathF.Max(x[i], -Before), width);
            float top = MathF.Floor(down);
            float left = MathF.Floor(right);
            indices[i] = ((int)top * stride) + (int)left + (Before * stride) + Before;
            downs[i] = down - top;
            rights[i] = right - left;
        }

        int quads = count - (count % 4);
        for (int i = 0; i < quads; i += 4)
        {
            float* corner0 = plane + indices[i];
            float* corner1 = plane + indices[i + 1];
            float* corner2 = plane + indices[i + 2];
            float* corner3 = plane + indices[i + 3];
            Vector128<float> right = Vector128.Load(rights + i);
            Vector128<float> above = Between(Pairs(corner0, corner1), Pairs(corner2, corner3), right);
            Vector128<float> below = Between(Pairs(corner0 + stride, corner1 + stride), Pairs(corner2 + stride, corner3 + stride), right);
            Vector128.Store(above + (Vector128.Load(downs + i) * (below - above)), destination + i);
        }

        for (int i = quads; i < count; i++)
        {
            float* corner = plane + indices[i];
            float above = corner[0] + (rights[i] * (corner[1] - corner[0]));
            float below = corner[stride] + (rights[i] * (corner[stride + 1] - corner[stride]));
            destination[i] = above + (downs[i] * (below - above));
        }
    }

    /// <summary>Two neighbours at each of two places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Pairs(float* first, float* second) =>
        Vector128.Create(Unsafe.ReadUnaligned<ulong>(first), Unsafe.ReadUnaligned<ulong>(second)).AsSingle();

    /// <summary>l + r · (n − l) of four pairs (l, n).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Between(Vector128<float> pairs01, Vector128<float> pairs23, Vector128<float> right)
    {
        Vector128<float> left;
        Vector128<float> next;
        if (Sse.IsSupported)
        {
            left = Sse.Shuffle(pairs01, pairs23, 0b10_00_10_00);
            next = Sse.Shuffle(pairs01, pairs23, 0b11_01_11_01);
        }
        else if (AdvSimd.Arm64.IsSupported)
        {
            left = AdvSimd.Arm64.UnzipEven(pairs01, pairs23);
            next = AdvSimd.Arm64.UnzipOdd(pairs01, pairs23);
        }
        else
        {
            left = Vector128.Create(pairs01[0], pairs01[2], pairs23[0], pairs23[2]);
            next = Vector128.Create(pairs01[1], pairs01[3], pairs23[1], pairs23[3]);
        }

        return left + (right * (next - left));
    }

    private static void CheckSizes(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
    }
}
