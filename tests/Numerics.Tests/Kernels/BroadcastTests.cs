using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public unsafe class BroadcastTests
{
    public static TheoryData<int[], int[]> ShapePairs => new()
    {
        { [], [] },
        { [5], [] },
        { [], [5] },
        { [7], [7] },
        { [1], [1, 1, 1] },
        { [3, 5], [5] },
        { [5], [3, 5] },
        { [3, 5], [3, 1] },
        { [3, 1], [1, 5] },
        { [1, 5], [3, 1] },
        { [2, 3, 4, 5], [3, 1, 1] },
        { [2, 3, 4, 5], [2, 1, 4, 1] },
        { [2, 1, 4, 1], [1, 3, 1, 5] },
        { [2, 1, 1, 5], [2, 3, 4, 5] },
        { [4, 1, 33], [1, 6, 33] },
        { [0, 5], [5] },
        { [3, 0], [1, 1] },
        { [17, 19], [17, 19] },
        { [130, 37], [37] },
        { [1, 1, 1, 1, 2, 1, 3], [2, 1, 1] },
    };

    [Theory]
    [MemberData(nameof(ShapePairs))]
    public void Every_pair_of_shapes_follows_the_rule_on_every_set(int[] xDimensions, int[] yDimensions)
    {
        var xShape = new Shape(xDimensions);
        var yShape = new Shape(yDimensions);
        var zShape = Shape.Broadcast(xShape, yShape);
        AssertFollowsRule(xShape, yShape, zShape);
    }

    [Fact]
    public void Both_operands_may_be_stretched_to_a_larger_result()
    {
        AssertFollowsRule([3, 1], [], [2, 3, 4]);
        AssertFollowsRule([], [1], [40]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Large_results_give_the_same_bits_on_any_number_of_threads(int threads)
    {
        using var workers = new WorkerPool(threads);
        Shape xShape = [7, 1, 97, 101];
        Shape yShape = [3, 97, 1];
        var zShape = Shape.Broadcast(xShape, yShape);
        float[] x = TestFloats.Finite(xShape.Length, 1);
        float[] y = TestFloats.Finite(yShape.Length, 2);
        var expected = new float[zShape.Length];
        var actual = new float[zShape.Length];
        ElementWise.BinaryBroadcast<Subtract, float>(default, x, xShape, y, yShape, expected, zShape, WorkerPool.Serial);
        ElementWise.BinaryBroadcast<Subtract, float>(default, x, xShape, y, yShape, actual, zShape, workers);
        Assert.Equal(Reference(x, xShape, y, yShape, zShape), expected);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void A_part_may_begin_and_end_inside_a_row()
    {
        Shape xShape = [4, 1, 10];
        Shape yShape = [3, 1];
        Shape zShape = [4, 3, 10];
        float[] x = TestFloats.Finite(xShape.Length, 1);
        float[] y = TestFloats.Finite(yShape.Length, 2);
        float[] expected = Reference(x, xShape, y, yShape, zShape);
        for (int start = 0; start < zShape.Length - 5; start += 7)
        {
            var actual = new float[zShape.Length];
            fixed (float* px = x, py = y, pz = actual)
            {
                var body = new BroadcastBody<Subtract>(default, px, py, pz, BroadcastPlan.Create(xShape, yShape, zShape));
                LaneTraversal.Dispatch<BroadcastBody<Subtract>, float>(ref body, start, zShape.Length - 5, KernelSet.CurrentLevel);
            }

            Assert.Equal(expected[start..^5], actual[start..^5]);
            Assert.All(actual[..start], value => Assert.Equal(0, value));
            Assert.All(actual[^5..], value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Axes_collapse_where_both_operands_walk_through()
    {
        Assert.Equal(0, BroadcastPlan.Create([2, 3, 4], [2, 3, 4], [2, 3, 4]).OuterRank);
        Assert.Equal(0, BroadcastPlan.Create([2, 3, 4], [], [2, 3, 4]).OuterRank);
        Assert.Equal(1, BroadcastPlan.Create([8, 3, 4], [3, 4], [8, 3, 4]).OuterRank);
        Assert.Equal(1, BroadcastPlan.Create([8, 3, 4], [8, 1, 1], [8, 3, 4]).OuterRank);
        BroadcastPlan channels = BroadcastPlan.Create([8, 3, 4, 5], [3, 1, 1], [8, 3, 4, 5]);
        Assert.Equal(2, channels.OuterRank);
        Assert.Equal(20, channels.InnerSize);
    }

    [Fact]
    public void Shapes_that_do_not_broadcast_are_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            ElementWise.BinaryBroadcast<Add, float>(default, new float[6], [2, 3], new float[4], [4], new float[6], [2, 3], WorkerPool.Serial));
        Assert.Contains("[4] does not broadcast to [2,3]", exception.Message, StringComparison.Ordinal);
    }

    private static void AssertFollowsRule(Shape xShape, Shape yShape, Shape zShape)
    {
        float[] x = TestFloats.Finite(xShape.Length, 1);
        float[] y = TestFloats.Finite(yShape.Length, 2);
        float[] expected = Reference(x, xShape, y, yShape, zShape);
        foreach (KernelLevel level in KernelLevels.Available)
        {
            var actual = new float[zShape.Length];
            fixed (float* px = x, py = y, pz = actual)
            {
                KernelLevels.Run(new BroadcastBody<Subtract>(default, px, py, pz, BroadcastPlan.Create(xShape, yShape, zShape)), zShape.Length, level);
            }

            Assert.Equal(expected, actual);
        }
    }

    // By the definition: every result element looks its operands up by index.
    private static float[] Reference(float[] x, Shape xShape, float[] y, Shape yShape, Shape zShape)
    {
        int[] zStrides = zShape.Strides();
        int[] xStrides = xShape.BroadcastStrides(zShape);
        int[] yStrides = yShape.BroadcastStrides(zShape);
        var z = new float[zShape.Length];
        for (int i = 0; i < z.Length; i++)
        {
            int xi = 0;
            int yi = 0;
            for (int axis = 0; axis < zShape.Rank; axis++)
            {
                int index = i / zStrides[axis] % zShape[axis];
                xi += index * xStrides[axis];
                yi += index * yStrides[axis];
            }

            z[i] = x[xi] - y[yi];
        }

        return z;
    }
}
