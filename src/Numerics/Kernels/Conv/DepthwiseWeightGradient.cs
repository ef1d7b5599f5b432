using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The gradient of a depthwise convolution's weights, plane by plane, with consecutive output columns in the lanes.</summary>
/// <remarks>
/// A kernel element has sixteen sums, of the columns with the same remainder, whatever the width of the lanes: each adds the planes of some samples, of a plane sixteen columns after sixteen, and
/// of these the rows, by fused multiply-adds. Then the upper half of the sums is added to the lower until one is left, and these are added in binary64 in the order of the samples.
/// </remarks>
internal readonly unsafe struct DepthwiseWeightGradient(ConvolutionGeometry geometry, void* x, void* dy, void* dw, bool accumulate) : ILaneBody
{
    private const int Sums = 16;

    // The multiply-adds of a sum before it goes to binary64, and the sums that are kept at a time.
    private const int LongestSum = 1024;
    private const int SumsAtOnce = 1 << 15;

    private readonly ConvolutionGeometry _geometry = geometry;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var planes = new DepthwisePlanes(in _geometry);
        int weights = _geometry.GroupOutputChannels * _geometry.KernelArea;
        int channelsAtOnce = Math.Clamp(SumsAtOnce / (weights * Sums), 1, Math.Max(1, end - start));
        int totalsLength = channelsAtOnce * weights * sizeof(double) / sizeof(TElement);
        int sumsLength = channelsAtOnce * weights * Sums;
        TElement* memory = ThreadScratch.Rent<TElement>(totalsLength + sumsLength + planes.InputLength);
        double* totals = (double*)memory;
        TElement* sums = memory + totalsLength;
        TElement* phases = sums + sumsLength;
        new Span<TElement>(phases, planes.InputLength).Clear();
        phases += planes.Origin;
        int* offsets = stackalloc int[_geometry.KernelArea];
        planes.InputOffsets(offsets);
        for (int channel = start; channel < end; channel += channelsAtOnce)
        {
            int channels = Math.Min(channelsAtOnce, end - channel);
            new Span<double>(totals, channels * weights).Clear();
            AddSamples<TLanes, TElement>(in planes, channel, channels, offsets, phases, sums, totals);
            TElement* target = (TElement*)dw + ((nint)channel * weights);
            for (int k = 0; k < channels * weights; k++)
            {
                var total = TElement.CreateTruncating(totals[k]);
                target[k] = accumulate ? target[k] + total : total;
            }
        }
    }

    private void AddSamples<TLanes, T>(in DepthwisePlanes planes, int channel, int channels, int* offsets, T* phases, T* sums, double* totals)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int multiplier = _geometry.GroupOutputChannels;
        int taps = _geometry.KernelArea;
        int count = channels * multiplier * taps;
        int samplesAtOnce = Math.Max(1, LongestSum / (planes.OutputHeight * ((planes.OutputWidth + Sums - 1) / Sums)));
        for (int first = 0; first < _geometry.Batch; first += samplesAtOnce)
        {
            new Span<T>(sums, count * Sums).Clear();
            int endOfSamples = Math.Min(first + samplesAtOnce, _geometry.Batch);
            for (int n = first; n < endOfSamples; n++)
            {
                for (int c = 0; c < channels; c++)
                {
                    nint plane = ((nint)n * _geometry.Groups) + channel + c;
                    planes.SplitInput<TLanes, T>((T*)x + (plane * _geometry.InputArea), phases);
                    for (int m = 0; m < multiplier; m++)
                    {
                        T* output = (T*)dy + (((plane * multiplier) + m) * _geometry.OutputArea);
                        T* into = sums + (((c * multiplier) + m) * taps * Sums);
                        if (planes.IsThreeByThree)
                        {
                            AddThreeByThree<TLanes, T>(phases, planes.PhaseWidth, output, planes.OutputHeight, planes.OutputWidth, into);
                        }
                        else
                        {
                            AddAny<TLanes, T>(phases, planes.PhaseWidth, offsets, taps, output, planes.OutputHeight, planes.OutputWidth, into);
                        }
                    }
                }
            }

            for (int k = 0; k < count; k++)
            {
                totals[k] += double.CreateTruncating(SumOf(sums + (k * Sums)));
            }
        }
    }

    private static T SumOf<T>(T* sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int half = Sums / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                sums[i] += sums[i + half];
            }
        }

        return sums[0];
    }

    // Four kernel elements at once: they share the gradient, and the multiply-adds of one wait for each other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddAny<TLanes, T>(T* source, nint pitch, int* offsets, int taps, T* dy, int rows, int width, T* sums)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int tap = 0; tap < taps; tap += 4)
        {
            // Beyond the last element the last one is computed again.
            int last = taps - 1 - tap;
            T* t0 = sums + (tap * Sums);
            T* t1 = t0 + (Math.Min(1, last) * Sums);
            T* t2 = t0 + (Math.Min(2, last) * Sums);
            T* t3 = t0 + (Math.Min(3, last) * Sums);
            T* x0 = source + offsets[tap];
            T* x1 = source + offsets[tap + Math.Min(1, last)];
            T* x2 = source + offsets[tap + Math.Min(2, last)];
            T* x3 = source + offsets[tap + Math.Min(3, last)];
            for (int column = 0; column < width; column += TLanes.Count)
            {
                int lane = column % Sums;
                int room = width - column;
                var s0 = TLanes.Load(in t0[lane]);
                var s1 = TLanes.Load(in t1[lane]);
                var s2 = TLanes.Load(in t2[lane]);
                var s3 = TLanes.Load(in t3[lane]);
                T* output = dy + column;
                nint at = column;
                for (int row = 0; row < rows; row++)
                {
                    TLanes d = room >= TLanes.Count ? TLanes.Load(in output[0]) : TLanes.LoadPartial(output, room, TLanes.Zero);
                    s0 = TLanes.MultiplyAdd(d, TLanes.Load(in x0[at]), s0);
                    s1 = TLanes.MultiplyAdd(d, TLanes.Load(in x1[at]), s1);
                    s2 = TLanes.MultiplyAdd(d, TLanes.Load(in x2[at]), s2);
                    s3 = TLanes.MultiplyAdd(d, TLanes.Load(in x3[at]), s3);
                    output += width;
                    at += pitch;
                }

                TLanes.Store(s3, ref t3[lane]);
                TLanes.Store(s2, ref t2[lane]);
                TLanes.Store(s1, ref t1[lane]);
                TLanes.Store(s0, ref t0[lane]);
            }
        }
    }

    // Every row of the source is read once and meets the three rows of the gradient that its taps are of.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddThreeByThree<TLanes, T>(T* source, nint pitch, T* dy, int rows, int width, T* sums)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int column = 0; column < width; column += TLanes.Count)
        {
            T* lanes = sums + (column % Sums);
            int room = width - column;
            var s0 = TLanes.Load(in lanes[0]);
            var s1 = TLanes.Load(in lanes[Sums]);
            var s2 = TLanes.Load(in lanes[2 * Sums]);
            var s3 = TLanes.Load(in lanes[3 * Sums]);
            var s4 = TLanes.Load(in lanes[4 * Sums]);
            var s5 = TLanes.Load(in lanes[5 * Sums]);
            var s6 = TLanes.Load(in lanes[6 * Sums]);
            var s7 = TLanes.Load(in lanes[7 * Sums]);
            var s8 = TLanes.Load(in lanes[8 * Sums]);
            T* from = source + column;
            T* output = dy + column;
            TLanes d0 = TLanes.Zero;
            TLanes d1 = TLanes.Zero;
            TLanes d2 = TLanes.Zero;
            for (int row = 0; row < rows + 2; row++)
            {
                var left = TLanes.Load(in from[0]);
                var centre = TLanes.Load(in from[1]);
                var right = TLanes.Load(in from[2]);
                if (row < rows)
                {
                    d0 = room >= TLanes.Count ? TLanes.Load(in output[0]) : TLanes.LoadPartial(output, room, TLanes.Zero);
                    s0 = TLanes.MultiplyAdd(d0, left, s0);
                    s1 = TLanes.MultiplyAdd(d0, centre, s1);
                    s2 = TLanes.MultiplyAdd(d0, right, s2);
                }

                if (row - 1 is int middle && middle >= 0 && middle < rows)
                {
                    s3 = TLanes.MultiplyAdd(d1, left, s3);
                    s4 = TLanes.MultiplyAdd(d1, centre, s4);
                    s5 = TLanes.MultiplyAdd(d1, right, s5);
                }

                if (row >= 2)
                {
                    s6 = TLanes.MultiplyAdd(d2, left, s6);
                    s7 = TLanes.MultiplyAdd(d2, centre, s7);
                    s8 = TLanes.MultiplyAdd(d2, right, s8);
                }

                d2 = d1;
                d1 = d0;
                from += pitch;
                output += width;
            }

            TLanes.Store(s0, ref lanes[0]);
            TLanes.Store(s1, ref lanes[Sums]);
            TLanes.Store(s2, ref lanes[2 * Sums]);
            TLanes.Store(s3, ref lanes[3 * Sums]);
            TLanes.Store(s4, ref lanes[4 * Sums]);
            TLanes.Store(s5, ref lanes[5 * Sums]);
            TLanes.Store(s6, ref lanes[6 * Sums]);
            TLanes.Store(s7, ref lanes[7 * Sums]);
            TLanes.Store(s8, ref lanes[8 * Sums]);
        }
    }
}
