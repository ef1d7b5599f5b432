namespace Toolkit.Numerics.Kernels;

/// <summary>An element-wise operation z = f(x, y), written once for every lane group.</summary>
public interface IBinaryOperation
{
    /// <summary>f(x, y).</summary>
    TLanes Invoke<TLanes>(TLanes x, TLanes y)
        where TLanes : struct, ILanes<TLanes>;
}
