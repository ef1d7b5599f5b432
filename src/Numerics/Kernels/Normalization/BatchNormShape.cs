namespace Toolkit.Numerics.Kernels;

/// <summary>[Batch, Channels, Spatial]: what batch normalization takes its input for.</summary>
internal readonly record struct BatchNormShape(int Batch, int Channels, int Spatial)
{
    /// <summary>Elements of a channel, over which statistics are taken.</summary>
    public int Population => Batch * Spatial;

    /// <summary>Where the elements of a channel of a sample begin.</summary>
    public nint Offset(int sample, int channel) => (((nint)sample * Channels) + channel) * Spatial;
}
