using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The tile of 6 rows by 2 vectors: 12 sums in 16 registers, a group of A broadcast and a group of B's columns across the lanes. The sums are named
/// locals, because only those stay in registers.
/// </summary>
internal sealed unsafe class IntegerTile<TDot, TVector>(string name, KernelLevel level, int groupDepth, bool isLeftSigned, bool isRightSigned) : IntegerKernel
    where TDot : struct, IDot<TVector>
    where TVector : unmanaged
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override KernelLevel Level => level;

    /// <inheritdoc/>
    public override int TileColumns => 2 * (sizeof(TVector) / sizeof(int));

    /// <inheritdoc/>
    public override int GroupDepth => groupDepth;

    /// <inheritdoc/>
    public override bool IsLeftSigned => isLeftSigned;

    /// <inheritdoc/>
    public override bool IsRightSigned => isRightSigned;

    /// <inheritdoc/>
    public override void Compute(byte* a, nint stride, int rows, byte* b, nint groups, int* sums)
    {
        if (rows > 2)
        {
            ComputeRows(a, stride, rows, b, groups, sums);
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            ComputeRow(a + (row * stride), b, groups, sums + (row * TileColumns));
        }
    }

    // Rows beyond the last repeat it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeRows(byte* a, nint stride, int rows, byte* b, nint groups, int* sums)
    {
        int width = sizeof(TVector) / sizeof(int);
        byte* a0 = a;
        byte* a1 = a0 + stride;
        byte* a2 = a1 + stride;
        byte* a3 = rows > 3 ? a2 + stride : a2;
        byte* a4 = rows > 4 ? a3 + stride : a3;
        byte* a5 = rows > 5 ? a4 + stride : a4;
        TVector s00 = TDot.Zero;
        TVector s01 = TDot.Zero;
        TVector s10 = TDot.Zero;
        TVector s11 = TDot.Zero;
        TVector s20 = TDot.Zero;
        TVector s21 = TDot.Zero;
        TVector s30 = TDot.Zero;
        TVector s31 = TDot.Zero;
        TVector s40 = TDot.Zero;
        TVector s41 = TDot.Zero;
        TVector s50 = TDot.Zero;
        TVector s51 = TDot.Zero;
        for (nint group = 0; group < groups * 4; group += 4)
        {
            TVector b0 = TDot.Load(b);
            TVector b1 = TDot.Load(b + sizeof(TVector));
            b += 2 * sizeof(TVector);
            TVector x = TDot.Broadcast(a0 + group);
            s00 = TDot.Add(s00, x, b0);
            s01 = TDot.Add(s01, x, b1);
            x = TDot.Broadcast(a1 + group);
            s10 = TDot.Add(s10, x, b0);
            s11 = TDot.Add(s11, x, b1);
            x = TDot.Broadcast(a2 + group);
            s20 = TDot.Add(s20, x, b0);
            s21 = TDot.Add(s21, x, b1);
            x = TDot.Broadcast(a3 + group);
            s30 = TDot.Add(s30, x, b0);
            s31 = TDot.Add(s31, x, b1);
            x = TDot.Broadcast(a4 + group);
            s40 = TDot.Add(s40, x, b0);
            s41 = TDot.Add(s41, x, b1);
            x = TDot.Broadcast(a5 + group);
            s50 = TDot.Add(s50, x, b0);
            s51 = TDot.Add(s51, x, b1);
        }

        TDot.Store(s00, sums + (0 * width));
        TDot.Store(s01, sums + (1 * width));
        TDot.Store(s10, sums + (2 * width));
        TDot.Store(s11, sums + (3 * width));
        TDot.Store(s20, sums + (4 * width));
        TDot.Store(s21, sums + (5 * width));
        if (rows > 3)
        {
            TDot.Store(s30, sums + (6 * width));
            TDot.Store(s31, sums + (7 * width));
        }

        if (rows > 4)
        {
            TDot.Store(s40, sums + (8 * width));
            TDot.Store(s41, sums + (9 * width));
        }

        if (rows > 5)
        {
            TDot.Store(s50, sums + (10 * width));
            TDot.Store(s51, sums + (11 * width));
        }
    }

    // Four groups at a time into sums of their own: one sum alone would wait for its last addition.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeRow(byte* a, byte* b, nint groups, int* sums)
    {
        TVector s00 = TDot.Zero;
        TVector s01 = TDot.Zero;
        TVector s10 = TDot.Zero;
        TVector s11 = TDot.Zero;
        TVector s20 = TDot.Zero;
        TVector s21 = TDot.Zero;
        TVector s30 = TDot.Zero;
        TVector s31 = TDot.Zero;
        nint group = 0;
        for (; group + 4 <= groups; group += 4)
        {
            TVector x = TDot.Broadcast(a);
            s00 = TDot.Add(s00, x, TDot.Load(b));
            s01 = TDot.Add(s01, x, TDot.Load(b + sizeof(TVector)));
            x = TDot.Broadcast(a + 4);
            s10 = TDot.Add(s10, x, TDot.Load(b + (2 * sizeof(TVector))));
            s11 = TDot.Add(s11, x, TDot.Load(b + (3 * sizeof(TVector))));
            x = TDot.Broadcast(a + 8);
            s20 = TDot.Add(s20, x, TDot.Load(b + (4 * sizeof(TVector))));
            s21 = TDot.Add(s21, x, TDot.Load(b + (5 * sizeof(TVector))));
            x = TDot.Broadcast(a + 12);
            s30 = TDot.Add(s30, x, TDot.Load(b + (6 * sizeof(TVector))));
            s31 = TDot.Add(s31, x, TDot.Load(b + (7 * sizeof(TVector))));
            a += 16;
            b += 8 * sizeof(TVector);
        }

        for (; group < groups; group++)
        {
            TVector x = TDot.Broadcast(a);
            s00 = TDot.Add(s00, x, TDot.Load(b));
            s01 = TDot.Add(s01, x, TDot.Load(b + sizeof(TVector)));
            a += 4;
            b += 2 * sizeof(TVector);
        }

        TDot.Store(TDot.Add(TDot.Add(s00, s10), TDot.Add(s20, s30)), sums);
        TDot.Store(TDot.Add(TDot.Add(s01, s11), TDot.Add(s21, s31)), sums + (sizeof(TVector) / sizeof(int)));
    }
}
