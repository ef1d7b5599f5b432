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
}
