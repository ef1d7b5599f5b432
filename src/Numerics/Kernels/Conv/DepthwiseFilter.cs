using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>
/// The inner loops of a depthwise convolution: a plane of the result from laid out memory, with consecutive columns in the lanes. An element sums over the kernel's elements in
/// their order by fused multiply-adds from zero; then the shift, the comparison with zero, and what is there already.
/// </summary>
/// <typeparam name="TLanes">The lanes.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="shift">What is added to all sums.</param>
/// <param name="shifts">Whether it is.</param>
/// <param name="activation">None, or what <see cref="Activations.IsRelu"/> says yes to.</param>
/// <param name="accumulate">Whether to add to the result.</param>
internal readonly unsafe ref struct DepthwiseFilter<TLanes, T>(T shift, bool shifts, ActivationKind activation, bool accumulate)
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TLanes _shift = TLanes.Repeat(shift);
    private readonly bool _isRelu = Activations.IsRelu(activation);
    private readonly bool _isCapped = activation == ActivationKind.Relu6;

    /// <summary>target[r,c] = Σ weights[t] · source[r · pitch + c + offsets[t]].</summary>
    /// <param name="source">Laid out memory.</param>
    /// <param name="pitch">From row to row of it.</param>
    /// <param name="offsets">Where each kernel element meets the first position.</param>
    /// <param name="weights">The kernel.</param>
    /// <param name="taps">Its elements.</param>
    /// <param name="target">The result.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="distance">From row to row of it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Any(T* source, nint pitch, int* offsets, T* weights, int taps, T* target, int rows, int width, int distance)
    {
        for (int column = 0; column < width; column += TLanes.Count)
        {
            T* from = source + column;
            T* to = target + column;
            int room = width - column;
            int row = 0;

            // Four rows at once: the multiply-adds of one wait for each other.
            for (; row <= rows - 4; row += 4)
            {
                TLanes s0 = TLanes.Zero;
                TLanes s1 = TLanes.Zero;
                TLanes s2 = TLanes.Zero;
                TLanes s3 = TLanes.Zero;
                for (int tap = 0; tap < taps; tap++)
                {
                    var weight = TLanes.Repeat(weights[tap]);
                    T* x = from + offsets[tap];
                    s0 = TLanes.MultiplyAdd(weight, TLanes.Load(in x[0]), s0);
                    s1 = TLanes.MultiplyAdd(weight, TLanes.Load(in x[pitch]), s1);
                    s2 = TLanes.MultiplyAdd(weight, TLanes.Load(in x[2 * pitch]), s2);
                    s3 = TLanes.MultiplyAdd(weight, TLanes.Load(in x[3 * pitch]), s3);
                }

                s0 = Complete(s0);
                s1 = Complete(s1);
                s2 = Complete(s2);
                s3 = Complete(s3);
                if (accumulate)
                {
                    s0 = Read(to, room) + s0;
                    s1 = Read(to + distance, room) + s1;
                    s2 = Read(to + (2 * distance), room) + s2;
                    s3 = Read(to + (3 * distance), room) + s3;
                }

                DepthwiseRows.Put(s0, to, room, false);
                DepthwiseRows.Put(s1, to + distance, room, false);
                DepthwiseRows.Put(s2, to + (2 * distance), room, false);
                DepthwiseRows.Put(s3, to + (3 * distance), room, false);
                from += 4 * pitch;
                to += 4 * distance;
            }

            for (; row < rows; row++)
            {
                TLanes sum = TLanes.Zero;
                for (int tap = 0; tap < taps; tap++)
                {
                    sum = TLanes.MultiplyAdd(TLanes.Repeat(weights[tap]), TLanes.Load(in from[offsets[tap]]), sum);
                }

                DepthwiseRows.Put(Complete(sum), to, room, accumulate);
                from += pitch;
                to += distance;
            }
        }
    }

    /// <summary>
    /// The same for a kernel of three by three at single steps: every row of the source is read once and goes to the three rows of the result that it meets.
    /// </summary>
    /// <param name="source">Laid out memory.</param>
    /// <param name="pitch">From row to row of it.</param>
    /// <param name="weights">The kernel.</param>
    /// <param name="step">From one kernel element to the next: 1, or -1 for the kernel turned round.</param>
    /// <param name="target">The result.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="width">Its columns, and from row to row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ThreeByThree(T* source, nint pitch, T* weights, nint step, T* target, int rows, int width)
    {
        var w0 = TLanes.Repeat(weights[0]);
        var w1 = TLanes.Repeat(weights[step]);
        var w2 = TLanes.Repeat(weights[2 * step]);
        var w3 = TLanes.Repeat(weights[3 * step]);
        var w4 = TLanes.Repeat(weights[4 * step]);
        var w5 = TLanes.Repeat(weights[5 * step]);
        var w6 = TLanes.Repeat(weights[6 * step]);
        var w7 = TLanes.Repeat(weights[7 * step]);
        var w8 = TLanes.Repeat(weights[8 * step]);
        for (int column = 0; column < width; column += TLanes.Count)
        {
            T* from = source + column;
            T* to = target + column;
            int room = width - column;
            TLanes above = Three(w0, w1, w2, TLanes.Zero, from);
            from += pitch;
            TLanes middle = Three(w3, w4, w5, above, from);
            above = Three(w0, w1, w2, TLanes.Zero, from);

            // Read a row ahead: reading just after a part of a register was written beside it would wait for that.
            TLanes there = accumulate ? Read(to, room) : TLanes.Zero;
            for (int row = 0; row < rows; row++)
            {
                from += pitch;
                var left = TLanes.Load(in from[0]);
                var centre = TLanes.Load(in from[1]);
                var right = TLanes.Load(in from[2]);
                TLanes sum = TLanes.MultiplyAdd(w8, right, TLanes.MultiplyAdd(w7, centre, TLanes.MultiplyAdd(w6, left, middle)));
                middle = TLanes.MultiplyAdd(w5, right, TLanes.MultiplyAdd(w4, centre, TLanes.MultiplyAdd(w3, left, above)));
                above = TLanes.MultiplyAdd(w2, right, TLanes.MultiplyAdd(w1, centre, TLanes.MultiplyAdd(w0, left, TLanes.Zero)));
                sum = Complete(sum);
                if (accumulate)
                {
                    sum = there + sum;
                    there = row + 1 < rows ? Read(to + width, room) : there;
                }

                DepthwiseRows.Put(sum, to, room, false);
                to += width;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Three(TLanes w0, TLanes w1, TLanes w2, TLanes sum, T* x) =>
        TLanes.MultiplyAdd(w2, TLanes.Load(in x[2]), TLanes.MultiplyAdd(w1, TLanes.Load(in x[1]), TLanes.MultiplyAdd(w0, TLanes.Load(in x[0]), sum)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Read(T* target, int room) =>
        room >= TLanes.Count ? TLanes.Load(in target[0]) : TLanes.LoadPartial(target, room, TLanes.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Complete(TLanes sum)
    {
        sum = shifts ? sum + _shift : sum;
        sum = _isRelu ? TLanes.SelectGreater(TLanes.Zero, sum, TLanes.Zero, sum) : sum;
        return _isCapped ? TLanes.Min(TLanes.Broadcast(Activations.Ceiling), sum) : sum;
    }
}
