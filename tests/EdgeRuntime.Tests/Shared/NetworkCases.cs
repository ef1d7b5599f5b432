namespace Toolkit.EdgeRuntime.Tests;

/// <summary>The cases of quantization, sampling, losses and classic models; part of <see cref="OperatorCases"/>.</summary>
internal static class NetworkCases
{
    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        .. QuantizationCases.All,
        .. SamplingCases.All,
        .. LossCases.All,
        .. ClassicCases.All,
        .. EnsembleCases.All,
        .. StateCases.All,
    ];
}
