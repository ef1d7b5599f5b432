using Toolkit.Numerics;

namespace Toolkit.Trainer.Layers;

/// <summary>The check of layers that take images [N, C, H, W] or sequences [N, C, L].</summary>
internal static class ImageShape
{
    /// <summary>Throws unless a sample has channels and that many spatial axes.</summary>
    public static void Require(Layer layer, Shape sample, int axes)
    {
        if (sample.Rank == axes + 1)
        {
            return;
        }

        string expected = axes == 1 ? "[n,channels,length]" : "[n,channels,height,width]";
        string advice = sample.Rank == axes ? $" Reshape it to {Layer.Batched([1, .. sample.Dimensions])}." : "";
        throw new ArgumentException($"Layer '{layer.Name}': expected input of shape {expected}, got {Layer.Batched(sample)}.{advice}", nameof(sample));
    }
}
