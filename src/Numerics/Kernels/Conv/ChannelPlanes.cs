using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>From channels in the lanes to an image's planes.</summary>
internal static unsafe class ChannelPlanes
{
    /// <summary>Whole vectors of every kernel set.</summary>
    public const int Unit = 16;

    /// <summary>Copies [position, channel] to [channel, position]; writes no more than that.</summary>
    /// <param name="kernel">The kernel that transposes.</param>
    /// <param name="source">The first position's first channel; whole vectors of every position's channels can be read.</param>
    /// <param name="stride">From position to position.</param>
    /// <param name="positions">The positions.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="planes">The first channel's first position.</param>
    /// <param name="plane">From channel to channel.</param>
    /// <param name="memory">Room for <see cref="Unit"/> elements of every channel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyOut(GemmKernel<float> kernel, float* source, int stride, int positions, int channels, float* planes, nint plane, float* memory)
    {
        int whole = positions / Unit * Unit;
        if (whole > 0)
        {
            kernel.Transpose(source, stride, channels, whole, planes, whole, plane);
        }

        int rest = positions - whole;
        if (rest == 0)
        {
            return;
        }

        kernel.Transpose(source + ((nint)whole * stride), stride, channels, rest, memory, Unit, Unit);
        planes += whole;
        for (int channel = 0; channel < channels; channel++)
        {
            for (int position = 0; position < rest; position++)
            {
                planes[position] = memory[position];
            }

            planes += plane;
            memory += Unit;
        }
    }
}
