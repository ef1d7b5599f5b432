using Toolkit.Numerics;

namespace Toolkit.Export.Quantization;

/// <summary>
/// Weights as symmetric int8 codes in [−127, 127] and a bias as int32 codes. −128 is left out so that two products fit 16 bits on Arm and the codes are
/// symmetric.
/// </summary>
/// <param name="Codes">The weights' codes.</param>
/// <param name="Scales">A scale for each channel, or one.</param>
/// <param name="BiasCodes">The bias's codes; null without a bias.</param>
/// <param name="BiasScales">float32(input's scale · weight's scale) for each output.</param>
/// <param name="Raised">Channels whose scale was raised so that the bias fits.</param>
internal sealed record QuantizedWeight(Tensor<sbyte> Codes, float[] Scales, Tensor<int>? BiasCodes, float[]? BiasScales, int Raised)
{
    public const int MaxCode = 127;

    // The steps that a bias gets where no weight says how fine they should be.
    private const double BiasSteps = 32768;

    /// <summary>Quantizes weights, and the bias on the scale that input and weights give it.</summary>
    /// <param name="layout">The weights.</param>
    /// <param name="bias">One value for each output; null without a bias.</param>
    /// <param name="inputScale">The scale of the activation that the weights are multiplied with.</param>
    /// <param name="isPerTensor">Whether all channels share one scale.</param>
    public static QuantizedWeight Make(WeightLayout layout, Tensor<float>? bias, float inputScale, bool isPerTensor)
    {
        var scales = new float[layout.Channels];
        ReadOnlySpan<float> weights = layout.Weight.Span;
        for (int i = 0; i < weights.Length; i++)
        {
            ref float magnitude = ref scales[layout.ChannelOf(i)];
            magnitude = Math.Max(magnitude, Math.Abs(weights[i]));
        }

        if (isPerTensor)
        {
            Array.Fill(scales, scales.Max());
        }

        for (int c = 0; c < scales.Length; c++)
        {
            scales[c] = scales[c] > 0 ? Math.Max(scales[c] / MaxCode, QuantizationParameters.MinScale) : ScaleWithoutWeights(layout, bias, inputScale, c);
        }

        int raised = bias is null ? 0 : RaiseForBias(layout, bias, inputScale, scales);
        if (isPerTensor)
        {
            Array.Fill(scales, scales.Max());
        }

        var codes = new Tensor<sbyte>(layout.Weight.Shape);
        for (int i = 0; i < weights.Length; i++)
        {
            float code = MathF.Round(weights[i] / scales[layout.ChannelOf(i)], MidpointRounding.ToEven);
            codes.Span[i] = (sbyte)Math.Clamp(code, -MaxCode, MaxCode);
        }

        float[]? biasScales = bias is null ? null : [.. Enumerable.Range(0, layout.Outputs).Select(o => inputScale * scales[o % layout.Channels])];
        Tensor<int>? biasCodes = bias is null ? null
            : Tensor.Vector<int>([.. Enumerable.Range(0, layout.Outputs).Select(o => (int)Math.Round(bias.Span[o] / (double)biasScales![o], MidpointRounding.ToEven))]);
        return new QuantizedWeight(codes, isPerTensor ? [scales[0]] : scales, biasCodes, biasScales, raised);
    }

    private static float ScaleWithoutWeights(WeightLayout layout, Tensor<float>? bias, float inputScale, int channel)
    {
        double magnitude = 0;
        for (int o = channel; bias is not null && o < layout.Outputs; o += layout.Channels)
        {
            magnitude = Math.Max(magnitude, Math.Abs(bias.Span[o]));
        }

        float scale = (float)(magnitude / (inputScale * BiasSteps));
        return magnitude == 0 ? 1 : float.IsFinite(scale) ? Math.Max(scale, QuantizationParameters.MinScale) : 1;
    }

    // The bias and the sum of the products must fit 32 bits together.
    private static int RaiseForBias(WeightLayout layout, Tensor<float> bias, float inputScale, float[] scales)
    {
        double limit = Math.Max(int.MaxValue / 2, int.MaxValue - (255.0 * MaxCode * layout.SummedProducts));
        var raised = new HashSet<int>();
        for (int o = 0; o < layout.Outputs; o++)
        {
            ref float scale = ref scales[o % layout.Channels];
            double magnitude = Math.Abs(bias.Span[o]);
            if (magnitude <= limit * (inputScale * scale))
            {
                continue;
            }

            raised.Add(o % layout.Channels);
            scale = (float)(magnitude / (limit * inputScale));
            while (magnitude > limit * (inputScale * scale))
            {
                scale = MathF.BitIncrement(scale);
            }
        }

        return raised.Count;
    }
}
