using Toolkit.Numerics;

namespace Toolkit.Trainer.Initializers;

/// <summary>
/// Another initializer's values for a depthwise kernel, stored [channels · multiplier, 1, k…]. Keras counts that kernel's fans as
/// channels · Πk and multiplier · Πk, which the stored shape does not show; so it is filled as [multiplier, channels, k…] and rearranged.
/// </summary>
/// <param name="inner">What draws the values.</param>
/// <param name="multiplier">The outputs of a channel.</param>
internal sealed class DepthwiseInitializer(Initializer inner, int multiplier) : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Span<float> values, Shape shape, CounterRandom random)
    {
        CheckLength(values, shape);
        int channels = shape[0] / multiplier;
        int area = shape.LengthOf(2..);
        float[] drawn = new float[values.Length];
        inner.Fill(drawn, [multiplier, channels, .. shape.Dimensions[2..]], random);
        for (int output = 0; output < shape[0]; output++)
        {
            drawn.AsSpan(((output % multiplier * channels) + (output / multiplier)) * area, area).CopyTo(values[(output * area)..]);
        }
    }
}
