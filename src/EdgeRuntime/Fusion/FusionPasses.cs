namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>The passes, in the order in which they run.</summary>
internal static class FusionPasses
{
    /// <summary>The one that runs before quantized constants are folded.</summary>
    public static IGraphPass Quantized { get; } = new QuantizedFusion();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IGraphPass> All { get; } =
    [
        Quantized,
        new IdentityRemoval(),
        new RoundTripRemoval(),
        new TransposeFusion(),
        new CommonSubexpressionElimination(),
        new GatedActivationFusion(),
        new PadFusion(),
        new MatMulAddFusion(),
        new ChannelScaleFusion(),
        new ActivationFusion(),
    ];
}
