namespace Toolkit.Numerics.Kernels;

/// <summary>A loop over [start, end) of elements or rows, written once for every lane group; it reads and writes pinned memory.</summary>
internal interface ILaneBody
{
    /// <summary>Does the part [start, end) with lanes of one kind.</summary>
    void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<TElement>;
}
