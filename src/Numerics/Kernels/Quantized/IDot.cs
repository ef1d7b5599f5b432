namespace Toolkit.Numerics.Kernels;

/// <summary>
/// A vector of int32 sums, each of which takes the products of one group of depth elements at a time: four bytes or two words of either factor, 32 bits
/// of a lane.
/// </summary>
/// <typeparam name="TVector">The vector.</typeparam>
internal unsafe interface IDot<TVector>
    where TVector : unmanaged
{
    /// <summary>Whether this processor can execute it.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Lanes set to 0.</summary>
    static abstract TVector Zero { get; }

    /// <summary>A group of each of neighbouring columns.</summary>
    static abstract TVector Load(byte* source);

    /// <summary>One group in all lanes.</summary>
    static abstract TVector Broadcast(byte* source);

    /// <summary>sums + a · b, modulo 2³².</summary>
    static abstract TVector Add(TVector sums, TVector a, TVector b);

    /// <summary>x + y.</summary>
    static abstract TVector Add(TVector x, TVector y);

    /// <summary>Writes the sums.</summary>
    static abstract void Store(TVector sums, int* destination);
}
