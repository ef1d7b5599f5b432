namespace Toolkit.EdgeRuntime.Tests;

/// <summary>The cases of recurrent layers, normalisations, attention, quantization, sampling, losses and classic models; part of <see cref="OperatorCases"/>.</summary>
internal static class NetworkCases
{
    public static IReadOnlyList<OperatorCase> All { get; } =
    [
        .. RecurrentCases.All,
        .. NormalizationCases.All,
        .. AttentionCases.All,
        .. QuantizationCases.All,
    ];
}
