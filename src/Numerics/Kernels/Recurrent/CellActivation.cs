using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>One activation of a recurrent cell.</summary>
/// <param name="Kind">The function.</param>
/// <param name="Alpha">Its α, where it has one.</param>
/// <param name="Beta">Its β, where it has one.</param>
public readonly record struct CellActivation(CellActivationKind Kind, float Alpha = 0, float Beta = 0) : IUnaryOperation
{
    /// <summary>Whether the function has an α.</summary>
    public static bool UsesAlpha(CellActivationKind kind) => UsesBeta(kind) || kind is CellActivationKind.LeakyRelu or CellActivationKind.ThresholdedRelu or CellActivationKind.Elu;

    /// <summary>Whether the function has a β.</summary>
    public static bool UsesBeta(CellActivationKind kind) => kind is CellActivationKind.Affine or CellActivationKind.ScaledTanh or CellActivationKind.HardSigmoid;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public TLanes Invoke<TLanes>(TLanes x)
        where TLanes : struct, ILanes<TLanes> => Kind switch
        {
            CellActivationKind.Tanh => TLanes.Tanh(x),
            CellActivationKind.Sigmoid => default(Sigmoid).Invoke(x),
            CellActivationKind.Relu => default(Relu).Invoke(x),
            CellActivationKind.Affine => TLanes.MultiplyAdd(TLanes.Broadcast(Alpha), x, TLanes.Broadcast(Beta)),
            CellActivationKind.LeakyRelu => new LeakyRelu(Alpha).Invoke(x),
            CellActivationKind.ThresholdedRelu => TLanes.SelectGreater(x, TLanes.Broadcast(Alpha), x, TLanes.Zero),
            CellActivationKind.ScaledTanh => TLanes.Broadcast(Alpha) * TLanes.Tanh(TLanes.Broadcast(Beta) * x),
            CellActivationKind.HardSigmoid => new HardSigmoid(Alpha, Beta).Invoke(x),
            CellActivationKind.Elu => new Elu(Alpha).Invoke(x),
            CellActivationKind.Softsign => default(Softsign).Invoke(x),
            _ => default(Softplus).Invoke(x),
        };
}
