namespace Toolkit.Numerics.Kernels;

/// <summary><see cref="ILanes{TSelf}"/> with its element type, for the traversals that load and store.</summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public interface ILanes<TSelf, T> : ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged
{
    /// <summary>Reads <see cref="ILanes{TSelf}.Count"/> consecutive elements; no alignment is needed.</summary>
    static abstract TSelf Load(ref readonly T source);

    /// <summary>Writes <see cref="ILanes{TSelf}.Count"/> consecutive elements; no alignment is needed.</summary>
    static abstract void Store(TSelf value, ref T destination);
}
