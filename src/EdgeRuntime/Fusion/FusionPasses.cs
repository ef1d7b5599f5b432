namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>The passes, in the order in which they run.</summary>
internal static class FusionPasses
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IGraphPass> All { get; } =
    [
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
