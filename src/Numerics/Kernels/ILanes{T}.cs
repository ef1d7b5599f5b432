namespace Toolkit.Numerics.Kernels;

/// <summary><see cref="ILanes{TSelf}"/> with its element type, for the traversals that load and store.</summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public interface ILanes<TSelf, T> : ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged
{
    /// <summary>All lanes the same value.</summary>
    static abstract TSelf Repeat(T value);

    /// <summary>Reads <see cref="ILanes{TSelf}.Count"/> consecutive elements; no alignment is needed.</summary>
    static abstract TSelf Load(ref readonly T source);

    /// <summary>Writes <see cref="ILanes{TSelf}.Count"/> consecutive elements; no alignment is needed.</summary>
    static abstract void Store(TSelf value, ref T destination);

    /// <summary>Reads the first <paramref name="count"/> lanes, of pinned memory; the others are those of <paramref name="rest"/>. No memory beyond is touched.</summary>
    static abstract unsafe TSelf LoadPartial(T* source, int count, TSelf rest);

    /// <summary>Writes the first <paramref name="count"/> lanes to pinned memory and touches none beyond.</summary>
    static abstract unsafe void StorePartial(TSelf value, T* destination, int count);

    /// <summary>The sum of the lanes in a fixed order: the upper half is added to the lower until one lane is left.</summary>
    static abstract T SumAcross(TSelf value);

    /// <summary>The greatest lane; unspecified where one is NaN.</summary>
    static abstract T MaxAcross(TSelf value);
}
