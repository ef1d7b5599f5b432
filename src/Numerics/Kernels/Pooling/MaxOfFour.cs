using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The greatest of four; its gradient goes to the first of equals, through the activation whose result the elements are: dx = activation'(max) · dy there,
/// 0 at the others.
/// </summary>
/// <typeparam name="TActivation">What made the elements; its derivative is taken of its result alone.</typeparam>
internal readonly struct MaxOfFour<TActivation>(TActivation activation) : IFoldOfFour, ISpreadToFour
    where TActivation : struct, IDifferentiableOperation
{
    /// <inheritdoc/>
    public static bool ReadsElements => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Invoke<TLanes>(TLanes x0, TLanes x1, TLanes x2, TLanes x3)
        where TLanes : struct, ILanes<TLanes> => TLanes.Max(x3, TLanes.Max(x2, TLanes.Max(x1, x0)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<TLanes>(TLanes x0, TLanes x1, TLanes x2, TLanes x3, TLanes dy, out TLanes g0, out TLanes g1, out TLanes g2, out TLanes g3)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Zero;
        TLanes upper = TLanes.Max(x1, x0);
        TLanes lower = TLanes.Max(x3, x2);
        TLanes max = TLanes.Max(lower, upper);
        TLanes gradient = activation.Backward(max, max, dy);

        // The later of two takes it where it is greater.
        TLanes ofLower = TLanes.SelectGreater(lower, upper, gradient, zero);
        TLanes ofUpper = TLanes.SelectGreater(lower, upper, zero, gradient);
        g0 = TLanes.SelectGreater(x1, x0, zero, ofUpper);
        g1 = TLanes.SelectGreater(x1, x0, ofUpper, zero);
        g2 = TLanes.SelectGreater(x3, x2, zero, ofLower);
        g3 = TLanes.SelectGreater(x3, x2, ofLower, zero);
    }
}
