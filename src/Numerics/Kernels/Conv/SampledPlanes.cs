using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// Takes the positions that a kernel of one element meets, with strides, from planes and puts them one after another; or the way back, where what
/// is met by none becomes zero, or stays when the positions are added.
/// </summary>
/// <param name="geometry">A geometry without padding.</param>
/// <param name="planes">The planes [H, W], one after another.</param>
/// <param name="samples">Their positions [OH, OW], one plane's after another's; where they are written, <see cref="Slack"/> more elements that may be written.</param>
/// <param name="puts">Whether to go from the samples to the planes.</param>
/// <param name="adds">Whether to add to the planes.</param>
internal readonly unsafe struct SampledPlanes(ConvolutionGeometry geometry, void* planes, void* samples, bool puts, bool adds) : ILaneBody
{
    /// <summary>The elements beyond the last sample that may be written: copies are whole registers.</summary>
    public const int Slack = 16;

    private readonly ConvolutionGeometry _geometry = geometry;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        int width = _geometry.InputWidth;
        int columns = _geometry.OutputWidth;
        int stride = _geometry.StrideWidth;
        for (int index = start; index < end; index++)
        {
            TElement* plane = (TElement*)planes + ((nint)index * _geometry.InputArea);
            TElement* sample = (TElement*)samples + ((nint)index * _geometry.OutputArea);
            if (puts && !adds)
            {
                new Span<TElement>(plane, _geometry.InputArea).Clear();
            }

            for (int row = 0; row < _geometry.OutputHeight; row++)
            {
                if (puts)
                {
                    Put<TLanes, TElement>(sample, plane, columns, stride, width, adds);
                }
                else
                {
                    Take<TLanes, TElement>(plane, sample, columns, stride);
                }

                sample += columns;
                plane += (nint)_geometry.StrideHeight * width;
            }
        }
    }

    /// <summary>target[i] = row[i · stride], in whole registers that reach beyond the last; nothing is read after the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take<TLanes, T>(T* row, T* target, int count, int stride)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (stride != 2)
        {
            for (int i = 0; i < count; i++)
            {
                target[i] = row[(nint)i * stride];
            }

            return;
        }

        for (int i = 0; i < count; i += TLanes.Count)
        {
            T* source = row + (2 * i);
            int left = (2 * (count - i)) - 1;
            TLanes lower = left >= TLanes.Count ? TLanes.Load(in source[0]) : TLanes.LoadPartial(source, left, TLanes.Zero);
            TLanes upper = left >= 2 * TLanes.Count ? TLanes.Load(in source[TLanes.Count])
                : left > TLanes.Count ? TLanes.LoadPartial(source + TLanes.Count, left - TLanes.Count, TLanes.Zero) : TLanes.Zero;
            TLanes.Store(TLanes.Even(lower, upper), ref target[i]);
        }
    }

    // To rows of zeros, or added to what is there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TLanes, T>(T* source, T* row, int count, int stride, int width, bool adds)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        if (stride == 2)
        {
            for (; i <= count - TLanes.Count && 2 * (i + TLanes.Count) <= width; i += TLanes.Count)
            {
                var value = TLanes.Load(in source[i]);
                T* target = row + (2 * i);
                var lower = TLanes.InterleaveLower(value, TLanes.Zero);
                var upper = TLanes.InterleaveUpper(value, TLanes.Zero);
                TLanes.Store(adds ? TLanes.Load(in target[0]) + lower : lower, ref target[0]);
                TLanes.Store(adds ? TLanes.Load(in target[TLanes.Count]) + upper : upper, ref target[TLanes.Count]);
            }

            if (i < count && TLanes.Count > 1)
            {
                int left = Math.Min(TLanes.Count, count - i);
                var value = TLanes.LoadPartial(source + i, left, TLanes.Zero);
                T* target = row + (2 * i);
                PutPart(TLanes.InterleaveLower(value, TLanes.Zero), target, Math.Min((2 * left) - 1, TLanes.Count), adds);
                PutPart(TLanes.InterleaveUpper(value, TLanes.Zero), target + TLanes.Count, (2 * left) - 1 - TLanes.Count, adds);
                return;
            }
        }

        for (; i < count; i++)
        {
            T* target = row + ((nint)i * stride);
            *target = adds ? *target + source[i] : source[i];
        }

        static void PutPart(TLanes value, T* target, int count, bool adds)
        {
            if (count > 0)
            {
                TLanes.StorePartial(adds ? TLanes.LoadPartial(target, count, TLanes.Zero) + value : value, target, count);
            }
        }
    }
}
