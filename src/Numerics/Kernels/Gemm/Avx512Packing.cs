using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>Copies blocks of B into panels with AVX-512; see <see cref="GemmKernel{T}.Pack"/>.</summary>
internal static unsafe class Avx512Packing
{
    private const int Width = 16;

    /// <summary>Copies rows: whole vectors, then one masked to the columns that are there, its other lanes zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* source, nint rowStride, int depth, int columns, float* destination, int width)
    {
        int whole = columns & ~(Width - 1);
        Vector512<float> mask = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(columns - whole)).AsSingle();
        for (int p = 0; p < depth; p++)
        {
            for (int j = 0; j < whole; j += Width)
            {
                Avx512F.Store(destination + j, Avx512F.LoadVector512(source + j));
            }

            if (whole < width)
            {
                Avx512F.Store(destination + whole, Avx512F.MaskLoad(source + whole, mask, Vector512<float>.Zero));
            }

            source += rowStride;
            destination += width;
        }
    }

    /// <summary>Copies columns that lie consecutively, in blocks of 16 by 16; columns beyond the last are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint columnStride, int depth, int columns, float* destination, int width, nint distance)
    {
        float* block = stackalloc float[Width * Width];
        for (int p = 0; p < depth; p += Width)
        {
            // The last rows of a depth that is no multiple of the width are not all there: they go by way of a block.
            int rows = Math.Min(Width, depth - p);
            Vector512<float> mask = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(rows)).AsSingle();
            for (int j = 0; j < width; j += Width)
            {
                float* target = destination + (p * distance) + j;
                if (rows == Width)
                {
                    TransposeBlock(source + (j * columnStride) + p, columnStride, columns - j, mask, target, distance);
                    continue;
                }

                TransposeBlock(source + (j * columnStride) + p, columnStride, columns - j, mask, block, Width);
                for (int row = 0; row < rows; row++)
                {
                    Vector512.Store(Vector512.Load(block + (row * Width)), target + (row * distance));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock(float* source, nint stride, int columns, Vector512<float> mask, float* destination, nint distance)
    {
        // After this, 128-bit lane l of {column group}{q} holds row 4·l + q of the result, the four columns of the group.
        Transpose4(source, stride, columns, mask, out var a0, out var a1, out var a2, out var a3);
        Transpose4(source + (4 * stride), stride, columns - 4, mask, out var b0, out var b1, out var b2, out var b3);
        Transpose4(source + (8 * stride), stride, columns - 8, mask, out var c0, out var c1, out var c2, out var c3);
        Transpose4(source + (12 * stride), stride, columns - 12, mask, out var d0, out var d1, out var d2, out var d3);
        StoreLanes(a0, b0, c0, d0, destination, distance);
        StoreLanes(a1, b1, c1, d1, destination + distance, distance);
        StoreLanes(a2, b2, c2, d2, destination + (2 * distance), distance);
        StoreLanes(a3, b3, c3, d3, destination + (3 * distance), distance);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(
        float* source,
        nint stride,
        int columns,
        Vector512<float> mask,
        out Vector512<float> q0,
        out Vector512<float> q1,
        out Vector512<float> q2,
        out Vector512<float> q3)
    {
        Vector512<float> r0 = columns > 0 ? Avx512F.MaskLoad(source, mask, Vector512<float>.Zero) : Vector512<float>.Zero;
        Vector512<float> r1 = columns > 1 ? Avx512F.MaskLoad(source + stride, mask, Vector512<float>.Zero) : Vector512<float>.Zero;
        Vector512<float> r2 = columns > 2 ? Avx512F.MaskLoad(source + (2 * stride), mask, Vector512<float>.Zero) : Vector512<float>.Zero;
        Vector512<float> r3 = columns > 3 ? Avx512F.MaskLoad(source + (3 * stride), mask, Vector512<float>.Zero) : Vector512<float>.Zero;
        Vector512<double> low01 = Avx512F.UnpackLow(r0, r1).AsDouble();
        Vector512<double> high01 = Avx512F.UnpackHigh(r0, r1).AsDouble();
        Vector512<double> low23 = Avx512F.UnpackLow(r2, r3).AsDouble();
        Vector512<double> high23 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        q0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        q1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        q2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        q3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    // Transposes the 4 by 4 lanes of 128 bits; the four rows are four apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLanes(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* destination, nint distance)
    {
        const byte EvenLanes = 0b10_00_10_00, OddLanes = 0b11_01_11_01;
        Vector512<float> abEven = Avx512F.Shuffle4x128(a, b, EvenLanes);
        Vector512<float> abOdd = Avx512F.Shuffle4x128(a, b, OddLanes);
        Vector512<float> cdEven = Avx512F.Shuffle4x128(c, d, EvenLanes);
        Vector512<float> cdOdd = Avx512F.Shuffle4x128(c, d, OddLanes);
        Avx512F.Store(destination, Avx512F.Shuffle4x128(abEven, cdEven, EvenLanes));
        Avx512F.Store(destination + (4 * distance), Avx512F.Shuffle4x128(abOdd, cdOdd, EvenLanes));
        Avx512F.Store(destination + (8 * distance), Avx512F.Shuffle4x128(abEven, cdEven, OddLanes));
        Avx512F.Store(destination + (12 * distance), Avx512F.Shuffle4x128(abOdd, cdOdd, OddLanes));
    }
}
