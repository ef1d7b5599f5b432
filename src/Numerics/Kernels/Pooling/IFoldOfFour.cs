namespace Toolkit.Numerics.Kernels;

/// <summary>One number from the four elements of a window of two by two, in row-major order.</summary>
internal interface IFoldOfFour
{
    /// <summary>f(x₀, x₁, x₂, x₃).</summary>
    TLanes Invoke<TLanes>(TLanes x0, TLanes x1, TLanes x2, TLanes x3)
        where TLanes : struct, ILanes<TLanes>;
}
