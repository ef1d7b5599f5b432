using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>ONNX's defaults, compiled in: sigmoid for the gates, tanh for candidate and cell state.</summary>
internal readonly struct StandardActivations : ICellActivations
{
    /// <summary>Whether these are what a cell asks for.</summary>
    public static bool Matches(CellActivation f, CellActivation g, CellActivation h) =>
        f.Kind == CellActivationKind.Sigmoid && g.Kind == CellActivationKind.Tanh && h.Kind == CellActivationKind.Tanh;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes F<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => default(Sigmoid).Invoke(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes G<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes H<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => TLanes.Tanh(x);
}
