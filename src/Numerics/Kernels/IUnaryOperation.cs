namespace Toolkit.Numerics.Kernels;

/// <summary>An element-wise operation y = f(x), written once for every lane group. Implemented by an empty or
/// parameter-carrying struct, one per file.</summary>
public interface IUnaryOperation
{
    /// <summary>f(x).</summary>
    TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes>;
}
