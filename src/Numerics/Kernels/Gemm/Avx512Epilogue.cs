using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics.Kernels;

/// <summary>What an AVX-512 tile does with its sums.</summary>
internal static unsafe class Avx512Epilogue
{
    /// <summary>What follows the sums of a row: C, the biases, the activation, the store.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish<TVectors>(in GemmTile<float> tile, int row, Vector512<float> s0, Vector512<float> s1, Vector512<float> s2)
        where TVectors : struct, ITileSize
    {
        float* c = tile.C + (row * tile.CRowStride);
        if (tile.ReadsC)
        {
            Vector512<float> alpha = Vector512.Create(tile.Alpha);
            Vector512<float> beta = Vector512.Create(tile.Beta);
            s0 = Avx512F.FusedMultiplyAdd(alpha, s0, beta * Load<TVectors, One>(in tile, c));
            s1 = TVectors.Value > 1 ? Avx512F.FusedMultiplyAdd(alpha, s1, beta * Load<TVectors, Two>(in tile, c + 16)) : s1;
            s2 = TVectors.Value > 2 ? Avx512F.FusedMultiplyAdd(alpha, s2, beta * Load<TVectors, Three>(in tile, c + 32)) : s2;
        }
        else if (tile.Scales)
        {
            Vector512<float> alpha = Vector512.Create(tile.Alpha);
            s0 = alpha * s0;
            s1 = TVectors.Value > 1 ? alpha * s1 : s1;
            s2 = TVectors.Value > 2 ? alpha * s2 : s2;
        }

        float* bias = tile.Bias;
        if (bias is not null)
        {
            s0 = s0 + Load<TVectors, One>(in tile, bias);
            s1 = TVectors.Value > 1 ? s1 + Load<TVectors, Two>(in tile, bias + 16) : s1;
            s2 = TVectors.Value > 2 ? s2 + Load<TVectors, Three>(in tile, bias + 32) : s2;
        }

        if (tile.RowBias is not null)
        {
            Vector512<float> rowBias = Vector512.Create(tile.RowBias[row]);
            s0 = s0 + rowBias;
            s1 = TVectors.Value > 1 ? s1 + rowBias : s1;
            s2 = TVectors.Value > 2 ? s2 + rowBias : s2;
        }

        if (tile.Relu)
        {
            // The instruction returns its second operand where either is NaN or both are zero.
            Vector512<float> zero = Vector512<float>.Zero;
            s0 = Avx512F.Max(zero, s0);
            s1 = TVectors.Value > 1 ? Avx512F.Max(zero, s1) : s1;
            s2 = TVectors.Value > 2 ? Avx512F.Max(zero, s2) : s2;
            if (tile.IsCapped)
            {
                Vector512<float> ceiling = Vector512.Create((float)Activations.Ceiling);
                s0 = Avx512F.Min(ceiling, s0);
                s1 = TVectors.Value > 1 ? Avx512F.Min(ceiling, s1) : s1;
                s2 = TVectors.Value > 2 ? Avx512F.Min(ceiling, s2) : s2;
            }
        }

        Store<TVectors, One>(in tile, c, s0);
        if (TVectors.Value > 1)
        {
            Store<TVectors, Two>(in tile, c + 16, s1);
        }

        if (TVectors.Value > 2)
        {
            Store<TVectors, Three>(in tile, c + 32, s2);
        }
    }

    // Of the vectors of a row, the last may be ragged.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load<TVectors, TVector>(in GemmTile<float> tile, float* source)
        where TVectors : struct, ITileSize
        where TVector : struct, ITileSize =>
        TVector.Value == TVectors.Value && tile.Tail != 0
            ? Avx512F.MaskLoad(source, FirstLanes(tile.Tail), Vector512<float>.Zero)
            : Avx512F.LoadVector512(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVectors, TVector>(in GemmTile<float> tile, float* destination, Vector512<float> value)
        where TVectors : struct, ITileSize
        where TVector : struct, ITileSize
    {
        if (TVector.Value == TVectors.Value && tile.Tail != 0)
        {
            Avx512F.MaskStore(destination, FirstLanes(tile.Tail), value);
        }
        else
        {
            Avx512F.Store(destination, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FirstLanes(int count) => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
}
