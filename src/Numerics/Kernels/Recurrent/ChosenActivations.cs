namespace Toolkit.Numerics.Kernels;

/// <summary>Any activations, chosen at run time.</summary>
internal readonly struct ChosenActivations(CellActivation f, CellActivation g, CellActivation h) : ICellActivations
{
    public TLanes F<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => f.Invoke(x);

    public TLanes G<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => g.Invoke(x);

    public TLanes H<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => h.Invoke(x);
}
