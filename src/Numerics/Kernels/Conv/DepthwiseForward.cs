using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>A depthwise convolution, plane by plane, with consecutive output positions in the lanes.</summary>
/// <remarks>An element sums over the kernel by fused multiply-adds from zero, padding included; then the bias.</remarks>
internal readonly unsafe struct DepthwiseForward(ConvolutionGeometry geometry, void* x, void* weights, void* bias, void* y, bool accumulate, bool relu) : ILaneBody
{
    private readonly ConvolutionGeometry _geometry = geometry;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var planes = new DepthwisePlanes(in _geometry);
        int taps = _geometry.KernelArea;
        int* offsets = stackalloc int[2 * taps];
        planes.Offsets(offsets);
        for (int tap = 0; tap < taps; tap++)
        {
            offsets[tap] = (offsets[tap] * planes.PhaseArea) + offsets[taps + tap];
        }

        int multiplier = _geometry.GroupOutputChannels;
        int input = planes.Phases * planes.PhaseArea;
        TElement* phases = ThreadScratch.Rent<TElement>(input + planes.PhaseArea + (3 * DepthwisePlanes.Slack));
        TElement* spread = phases + input + DepthwisePlanes.Slack;
        for (int plane = start; plane < end; plane++)
        {
            planes.SplitInput<TLanes, TElement>((TElement*)x + ((nint)plane * _geometry.InputArea), phases);
            for (int m = 0; m < multiplier; m++)
            {
                int channel = (plane % _geometry.Groups * multiplier) + m;
                TElement shift = bias is null ? TElement.Zero : ((TElement*)bias)[channel];
                Filter<TLanes, TElement>(phases, offsets, (TElement*)weights + ((nint)channel * taps), taps, spread, planes.OutputLength, shift, bias is not null, relu);
                planes.GatherOutput<TLanes, TElement>(spread, (TElement*)y + ((((nint)plane * multiplier) + m) * _geometry.OutputArea), accumulate);
            }
        }
    }

    /// <summary>target[i] = Σ weights[t] · source[i + offsets[t]], in whole registers, so that what lies beyond the length is written too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Filter<TLanes, T>(T* source, int* offsets, T* weights, int taps, T* target, int length, T shift, bool shifts, bool relu)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        var added = TLanes.Repeat(shift);
        int step = TLanes.Count;

        // Four registers at once: the multiply-adds of one wait for each other.
        for (; i <= length - (4 * step); i += 4 * step)
        {
            TLanes s0 = TLanes.Zero;
            TLanes s1 = TLanes.Zero;
            TLanes s2 = TLanes.Zero;
            TLanes s3 = TLanes.Zero;
            T* from = source + i;
            for (int tap = 0; tap < taps; tap++)
            {
                var weight = TLanes.Repeat(weights[tap]);
                T* x = from + offsets[tap];
                s0 = TLanes.MultiplyAdd(weight, TLanes.Load(in x[0]), s0);
                s1 = TLanes.MultiplyAdd(weight, TLanes.Load(in x[step]), s1);
                s2 = TLanes.MultiplyAdd(weight, TLanes.Load(in x[2 * step]), s2);
                s3 = TLanes.MultiplyAdd(weight, TLanes.Load(in x[3 * step]), s3);
            }

            TLanes.Store(Finish<TLanes>(s0, added, shifts, relu), ref target[i]);
            TLanes.Store(Finish<TLanes>(s1, added, shifts, relu), ref target[i + step]);
            TLanes.Store(Finish<TLanes>(s2, added, shifts, relu), ref target[i + (2 * step)]);
            TLanes.Store(Finish<TLanes>(s3, added, shifts, relu), ref target[i + (3 * step)]);
        }

        for (; i < length; i += step)
        {
            TLanes sum = TLanes.Zero;
            for (int tap = 0; tap < taps; tap++)
            {
                sum = TLanes.MultiplyAdd(TLanes.Repeat(weights[tap]), TLanes.Load(in source[i + offsets[tap]]), sum);
            }

            TLanes.Store(Finish<TLanes>(sum, added, shifts, relu), ref target[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Finish<TLanes>(TLanes sum, TLanes shift, bool shifts, bool relu)
        where TLanes : struct, ILanes<TLanes>
    {
        sum = shifts ? sum + shift : sum;
        return relu ? TLanes.SelectGreater(TLanes.Zero, sum, TLanes.Zero, sum) : sum;
    }
}
