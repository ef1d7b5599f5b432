using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.Numerics.Kernels;

/// <summary>The loop of <see cref="ElementWise.BinaryBroadcast"/>, over the result's elements in their order.</summary>
internal unsafe struct BroadcastBody<TOperation>(TOperation operation, void* x, void* y, void* z, BroadcastPlan plan) : ILaneBody
    where TOperation : struct, IBinaryOperation
{
    private BroadcastPlan _plan = plan;

    public void Invoke<TLanes, TElement>(int start, int end)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (start >= end)
        {
            return;
        }

        // The position along each outer axis and the operands' offsets there; a part may begin inside a row.
        int* index = stackalloc int[Shape.MaxRank];
        int row = start / _plan.InnerSize;
        int column = start % _plan.InnerSize;
        int xOffset = 0;
        int yOffset = 0;
        for (int axis = 0; axis < _plan.OuterRank; axis++)
        {
            index[axis] = row % _plan.Sizes[axis];
            row /= _plan.Sizes[axis];
            xOffset += index[axis] * _plan.StridesX[axis];
            yOffset += index[axis] * _plan.StridesY[axis];
        }

        int stepX = _plan.InnerStrideX;
        int stepY = _plan.InnerStrideY;
        for (int i = start; i < end;)
        {
            int count = Math.Min(_plan.InnerSize - column, end - i);
            Row<TLanes, TElement>((TElement*)x + xOffset + (column * stepX), stepX, (TElement*)y + yOffset + (column * stepY), stepY, (TElement*)z + i, count);
            i += count;
            column = 0;
            for (int axis = 0; axis < _plan.OuterRank; axis++)
            {
                xOffset += _plan.StridesX[axis];
                yOffset += _plan.StridesY[axis];
                if (++index[axis] < _plan.Sizes[axis])
                {
                    break;
                }

                xOffset -= _plan.StridesX[axis] * _plan.Sizes[axis];
                yOffset -= _plan.StridesY[axis] * _plan.Sizes[axis];
                index[axis] = 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Row<TLanes, TElement>(TElement* px, int stepX, TElement* py, int stepY, TElement* pz, int count)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TOperation f = operation;
        TLanes zero = TLanes.Zero;
        TLanes repeatedX = stepX == 0 ? TLanes.Repeat(*px) : zero;
        TLanes repeatedY = stepY == 0 ? TLanes.Repeat(*py) : zero;
        int i = 0;
        int last = count - TLanes.Count;
        if (stepX != 0 && stepY != 0)
        {
            for (; i <= last; i += TLanes.Count)
            {
                TLanes.Store(f.Invoke(TLanes.Load(in px[i]), TLanes.Load(in py[i])), ref pz[i]);
            }
        }
        else if (stepX != 0)
        {
            for (; i <= last; i += TLanes.Count)
            {
                TLanes.Store(f.Invoke(TLanes.Load(in px[i]), repeatedY), ref pz[i]);
            }
        }
        else if (stepY != 0)
        {
            for (; i <= last; i += TLanes.Count)
            {
                TLanes.Store(f.Invoke(repeatedX, TLanes.Load(in py[i])), ref pz[i]);
            }
        }
        else
        {
            TLanes value = f.Invoke(repeatedX, repeatedY);
            for (; i <= last; i += TLanes.Count)
            {
                TLanes.Store(value, ref pz[i]);
            }
        }

        int rest = count - i;
        if (rest > 0)
        {
            TLanes left = stepX == 0 ? repeatedX : TLanes.LoadPartial(px + i, rest, zero);
            TLanes right = stepY == 0 ? repeatedY : TLanes.LoadPartial(py + i, rest, zero);
            TLanes.StorePartial(f.Invoke(left, right), pz + i, rest);
        }
    }
}
