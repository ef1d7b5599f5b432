namespace Toolkit.Numerics.Kernels;

/// <summary>
/// How two operands are read to fill a result of a third shape: the axes that both operands walk through in one stride
/// collapsed into one, those of size 1 dropped. Same shapes become one axis, [m,n] with [n] or [m,1] two.
/// </summary>
internal unsafe struct BroadcastPlan
{
    /// <summary>The number of axes that are left outside the innermost.</summary>
    public int OuterRank;

    /// <summary>The size of the innermost axis.</summary>
    public int InnerSize;

    /// <summary>The operands' steps along the innermost axis: 1, or 0 where one element is repeated.</summary>
    public int InnerStrideX;

    /// <inheritdoc cref="InnerStrideX"/>
    public int InnerStrideY;

    /// <summary>The sizes of the outer axes, innermost first.</summary>
    public fixed int Sizes[Shape.MaxRank];

    /// <summary>The operands' strides along the outer axes, innermost first; 0 where repeated.</summary>
    public fixed int StridesX[Shape.MaxRank];

    /// <inheritdoc cref="StridesX"/>
    public fixed int StridesY[Shape.MaxRank];

    /// <summary>Plans z = f(x, y).</summary>
    /// <exception cref="ArgumentException">A shape does not broadcast to z's.</exception>
    public static BroadcastPlan Create(Shape x, Shape y, Shape z)
    {
        Span<int> xStrides = stackalloc int[Shape.MaxRank];
        Span<int> yStrides = stackalloc int[Shape.MaxRank];
        x.BroadcastStrides(z, xStrides[..z.Rank]);
        y.BroadcastStrides(z, yStrides[..z.Rank]);
        BroadcastPlan plan = default;
        plan.InnerSize = 1;
        for (int axis = z.Rank - 1; axis >= 0; axis--)
        {
            int size = z[axis];
            if (size == 1)
            {
                continue;
            }

            if (plan.InnerSize == 1)
            {
                (plan.InnerSize, plan.InnerStrideX, plan.InnerStrideY) = (size, xStrides[axis], yStrides[axis]);
            }
            else if (plan.OuterRank == 0 && xStrides[axis] == plan.InnerStrideX * plan.InnerSize && yStrides[axis] == plan.InnerStrideY * plan.InnerSize)
            {
                plan.InnerSize *= size;
            }
            else
            {
                plan.AddOuter(size, xStrides[axis], yStrides[axis]);
            }
        }

        return plan;
    }

    /// <summary>Adds an axis, or grows the last one where both operands walk through the two in one stride.</summary>
    private void AddOuter(int size, int strideX, int strideY)
    {
        int last = OuterRank - 1;
        if (last >= 0 && strideX == StridesX[last] * Sizes[last] && strideY == StridesY[last] * Sizes[last])
        {
            Sizes[last] *= size;
            return;
        }

        Sizes[OuterRank] = size;
        StridesX[OuterRank] = strideX;
        StridesY[OuterRank] = strideY;
        OuterRank++;
    }
}
