namespace Toolkit.Numerics.Kernels;

/// <summary>The gradient of <see cref="IFoldOfFour"/>.</summary>
internal interface ISpreadToFour
{
    /// <summary>Whether the elements are read.</summary>
    static abstract bool ReadsElements { get; }

    /// <summary>The gradients by x₀ to x₃ of the elements and the result's gradient.</summary>
    void Invoke<TLanes>(TLanes x0, TLanes x1, TLanes x2, TLanes x3, TLanes dy, out TLanes g0, out TLanes g1, out TLanes g2, out TLanes g3)
        where TLanes : struct, ILanes<TLanes>;
}
