using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>Copies blocks of B into panels with AVX; see <see cref="GemmKernel{T}.Pack"/>.</summary>
internal static unsafe class Avx2Packing
{
    private const int Width = 8;

    /// <summary>Copies rows: whole vectors, then one masked to the columns that are there, its other lanes zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* source, nint rowStride, int depth, int columns, float* destination, int width)
    {
        int whole = columns & ~(Width - 1);
        Vector256<float> mask = Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(columns - whole)).AsSingle();
        for (int p = 0; p < depth; p++)
        {
            for (int j = 0; j < whole; j += Width)
            {
                Avx.Store(destination + j, Avx.LoadVector256(source + j));
            }

            if (whole < width)
            {
                Avx.Store(destination + whole, Avx.MaskLoad(source + whole, mask));
            }

            source += rowStride;
            destination += width;
        }
    }

    /// <summary>Copies columns that lie consecutively, in blocks of 8 by 8; columns beyond the last are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint columnStride, int depth, int columns, float* destination, int width, nint distance)
    {
        float* block = stackalloc float[Width * Width];
        for (int p = 0; p < depth; p += Width)
        {
            // The last rows of a depth that is no multiple of the width are not all there: they go by way of a block.
            int rows = Math.Min(Width, depth - p);
            Vector256<float> mask = Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(rows)).AsSingle();
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
                    Vector256.Store(Vector256.Load(block + (row * Width)), target + (row * distance));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock(float* source, nint stride, int columns, Vector256<float> mask, float* destination, nint distance)
    {
        // After this, 128-bit lane l of {column group}{q} holds row 4·l + q of the result, the four columns of the group.
        Transpose4(source, stride, columns, mask, out var a0, out var a1, out var a2, out var a3);
        Transpose4(source + (4 * stride), stride, columns - 4, mask, out var b0, out var b1, out var b2, out var b3);
        StoreLanes(a0, b0, destination, distance);
        StoreLanes(a1, b1, destination + distance, distance);
        StoreLanes(a2, b2, destination + (2 * distance), distance);
        StoreLanes(a3, b3, destination + (3 * distance), distance);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(
        float* source,
        nint stride,
        int columns,
        Vector256<float> mask,
        out Vector256<float> q0,
        out Vector256<float> q1,
        out Vector256<float> q2,
        out Vector256<float> q3)
    {
        Vector256<float> r0 = columns > 0 ? Avx.MaskLoad(source, mask) : Vector256<float>.Zero;
        Vector256<float> r1 = columns > 1 ? Avx.MaskLoad(source + stride, mask) : Vector256<float>.Zero;
        Vector256<float> r2 = columns > 2 ? Avx.MaskLoad(source + (2 * stride), mask) : Vector256<float>.Zero;
        Vector256<float> r3 = columns > 3 ? Avx.MaskLoad(source + (3 * stride), mask) : Vector256<float>.Zero;
        Vector256<double> low01 = Avx.UnpackLow(r0, r1).AsDouble();
        Vector256<double> high01 = Avx.UnpackHigh(r0, r1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(r2, r3).AsDouble();
        Vector256<double> high23 = Avx.UnpackHigh(r2, r3).AsDouble();
        q0 = Avx.UnpackLow(low01, low23).AsSingle();
        q1 = Avx.UnpackHigh(low01, low23).AsSingle();
        q2 = Avx.UnpackLow(high01, high23).AsSingle();
        q3 = Avx.UnpackHigh(high01, high23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLanes(Vector256<float> a, Vector256<float> b, float* destination, nint distance)
    {
        const byte LowLanes = 0x20, HighLanes = 0x31;
        Avx.Store(destination, Avx.Permute2x128(a, b, LowLanes));
        Avx.Store(destination + (4 * distance), Avx.Permute2x128(a, b, HighLanes));
    }
}
