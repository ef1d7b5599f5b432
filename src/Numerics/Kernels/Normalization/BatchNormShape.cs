using System.Numerics;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// [Batch, Channels, Spatial]: what batch normalization takes its input for. Its sums are taken by chunks, each some samples of one channel, and
/// their order depends on the shape alone: parts of chunks can be given to any thread.
/// </summary>
internal readonly record struct BatchNormShape(int Batch, int Channels, int Spatial)
{
    /// <summary>Elements that are summed before the sum goes on in binary64: keeps the rounding error of long sums small.</summary>
    public const int Segment = 1024;

    /// <summary>Elements of a channel, over which statistics are taken.</summary>
    public int Population => Batch * Spatial;

    /// <summary>Samples of a chunk: as many as have no more than <see cref="Segment"/> elements of a channel, a power of two.</summary>
    public int ChunkSamples => Spatial >= Segment ? 1 : 1 << BitOperations.Log2((uint)(Segment / Spatial));

    /// <summary>The number of chunks of a channel.</summary>
    public int Chunks => (Batch + ChunkSamples - 1) / ChunkSamples;

    /// <summary>The number of chunks of all channels. Chunk i holds channel i mod C of the samples from i / C · <see cref="ChunkSamples"/> on.</summary>
    public int Items => Chunks * Channels;

    /// <summary>Elements of one channel in chunk <paramref name="chunk"/> of the batch.</summary>
    public int ChunkLength(int chunk) => Math.Min(ChunkSamples, Batch - (chunk * ChunkSamples)) * Spatial;

    /// <summary>Where the elements of a channel of a sample begin.</summary>
    public nint Offset(int sample, int channel) => (((nint)sample * Channels) + channel) * Spatial;
}
