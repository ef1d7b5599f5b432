using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Toolkit.Numerics;

/// <summary>
/// The Philox 4x32-10 bijection (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011):
/// ten rounds that multiply, exchange halves and add a Weyl sequence to the key.
/// </summary>
internal static class Philox
{
    /// <summary>2⁻²⁴: turns the upper 24 bits into a float in [0, 1).</summary>
    public const float TwoToMinus24 = 1f / (1 << 24);

    public const int Rounds = 10;
    public const uint Multiplier0 = 0xD2511F53;
    public const uint Multiplier1 = 0xCD9E8D57;
    public const uint Weyl0 = 0x9E3779B9;
    public const uint Weyl1 = 0xBB67AE85;

    /// <summary>The numbers of the counter (index, stream) under the key (seed), low words first.</summary>
    public static PhiloxBlock Block(ulong seed, ulong index, ulong stream)
    {
        uint c0 = (uint)index;
        uint c1 = (uint)(index >> 32);
        uint c2 = (uint)stream;
        uint c3 = (uint)(stream >> 32);
        uint key0 = (uint)seed;
        uint key1 = (uint)(seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ key0;
            c1 = (uint)product1;
            c2 = (uint)(product0 >> 32) ^ c3 ^ key1;
            c3 = (uint)product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }

        PhiloxBlock block = default;
        block[0] = c0;
        block[1] = c1;
        block[2] = c2;
        block[3] = c3;
        return block;
    }

    /// <summary>Fills with the numbers of consecutive blocks; the last block may be cut.</summary>
    public static void Fill(ulong seed, ulong firstIndex, ulong stream, Span<uint> destination)
    {
        int done = 0;
        if (Avx512F.IsSupported)
        {
            for (; done <= destination.Length - 32; done += 32)
            {
                EightBlocks(seed, firstIndex + (ulong)(done / 4), stream, ref destination[done]);
            }
        }

        if (Avx2.IsSupported)
        {
            for (; done <= destination.Length - 16; done += 16)
            {
                FourBlocks(seed, firstIndex + (ulong)(done / 4), stream, ref destination[done]);
            }
        }

        for (; done < destination.Length; done += 4)
        {
            PhiloxBlock block = Block(seed, firstIndex + (ulong)(done / 4), stream);
            Span<uint> rest = destination[done..];
            ((ReadOnlySpan<uint>)block)[..Math.Min(4, rest.Length)].CopyTo(rest);
        }
    }

    // A 64-bit lane holds one 32-bit word of a block's counter. The multiplication reads the lower halves only, so the upper
    // halves may hold anything until the end. Lanes are ordered so that interleaving puts the blocks into their order.
    private static void EightBlocks(ulong seed, ulong index, ulong stream, ref uint destination)
    {
        Vector512<ulong> c0 = Vector512.Create(index) + Vector512.Create(0UL, 4, 1, 5, 2, 6, 3, 7);
        Vector512<ulong> c1 = c0 >> 32;
        Vector512<ulong> c2 = Vector512.Create(stream);
        Vector512<ulong> c3 = c2 >> 32;
        Vector512<uint> multiplier0 = Vector512.Create((ulong)Multiplier0).AsUInt32();
        Vector512<uint> multiplier1 = Vector512.Create((ulong)Multiplier1).AsUInt32();
        uint key0 = (uint)seed;
        uint key1 = (uint)(seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            Vector512<ulong> product0 = Avx512F.Multiply(c0.AsUInt32(), multiplier0);
            Vector512<ulong> product1 = Avx512F.Multiply(c2.AsUInt32(), multiplier1);
            c0 = (product1 >> 32) ^ c1 ^ Vector512.Create((ulong)key0);
            c1 = product1;
            c2 = (product0 >> 32) ^ c3 ^ Vector512.Create((ulong)key1);
            c3 = product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }

        Vector512<ulong> mask = Vector512.Create((ulong)uint.MaxValue);
        Vector512<ulong> left = (c0 & mask) | (c1 << 32);
        Vector512<ulong> right = (c2 & mask) | (c3 << 32);
        Avx512F.UnpackLow(left, right).AsUInt32().StoreUnsafe(ref destination);
        Avx512F.UnpackHigh(left, right).AsUInt32().StoreUnsafe(ref destination, 16);
    }

    // As EightBlocks.
    private static void FourBlocks(ulong seed, ulong index, ulong stream, ref uint destination)
    {
        Vector256<ulong> c0 = Vector256.Create(index) + Vector256.Create(0UL, 2, 1, 3);
        Vector256<ulong> c1 = c0 >> 32;
        Vector256<ulong> c2 = Vector256.Create(stream);
        Vector256<ulong> c3 = c2 >> 32;
        Vector256<uint> multiplier0 = Vector256.Create((ulong)Multiplier0).AsUInt32();
        Vector256<uint> multiplier1 = Vector256.Create((ulong)Multiplier1).AsUInt32();
        uint key0 = (uint)seed;
        uint key1 = (uint)(seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            Vector256<ulong> product0 = Avx2.Multiply(c0.AsUInt32(), multiplier0);
            Vector256<ulong> product1 = Avx2.Multiply(c2.AsUInt32(), multiplier1);
            c0 = (product1 >> 32) ^ c1 ^ Vector256.Create((ulong)key0);
            c1 = product1;
            c2 = (product0 >> 32) ^ c3 ^ Vector256.Create((ulong)key1);
            c3 = product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }

        Vector256<ulong> mask = Vector256.Create((ulong)uint.MaxValue);
        Vector256<ulong> left = (c0 & mask) | (c1 << 32);
        Vector256<ulong> right = (c2 & mask) | (c3 << 32);
        Avx2.UnpackLow(left, right).AsUInt32().StoreUnsafe(ref destination);
        Avx2.UnpackHigh(left, right).AsUInt32().StoreUnsafe(ref destination, 8);
    }
}
