using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public sealed class GemmSplitTests
{
    private static readonly (int M, int N)[] Sizes = [(1, 1), (1, 1000), (128, 512), (784, 512), (128, 10), (3, 100), (700, 3), (33, 49), (1024, 1024), (5, 97)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parts_cover_every_tile_exactly_once(bool packs)
    {
        foreach ((int m, int n) in Sizes)
        {
            for (int parts = 1; parts <= 13; parts++)
            {
                (GemmSplit split, GemmPanels panels) = Split(m, n, packs);
                var covered = new int[split.RowTiles, panels.Count];
                for (int part = 0; part < parts; part++)
                {
                    Cover(split, panels.Count, split.Boundary(part, parts), split.Boundary(part + 1, parts), covered);
                }

                Assert.All(covered.Cast<int>(), count => Assert.Equal(1, count));
            }
        }
    }

    [Theory]
    [InlineData(128, 512, 784, false)]
    [InlineData(784, 512, 128, false)]
    [InlineData(512, 512, 512, false)]
    [InlineData(1024, 1024, 1024, true)]
    [InlineData(24, 512, 512, false)]
    public void Two_threads_get_shares_that_differ_by_a_few_percent(int m, int n, int k, bool packs)
    {
        (GemmSplit split, GemmPanels panels) = Split(m, n, packs);
        int parts = split.Parts((long)m * n * k, 2);
        Assert.Equal(0, parts % 2);
        var covered = new int[split.RowTiles, panels.Count];
        for (int part = 0; part < parts / 2; part++)
        {
            Cover(split, panels.Count, split.Boundary(part, parts), split.Boundary(part + 1, parts), covered);
        }

        double first = 0;
        for (int panel = 0; panel < panels.Count; panel++)
        {
            int width = panels.Start(panel + 1) - panels.Start(panel);
            for (int row = 0; row < split.RowTiles; row++)
            {
                first += covered[row, panel] * width;
            }
        }

        Assert.InRange(first / ((double)panels.PaddedColumns * split.RowTiles), 0.47, 0.53);
    }

    [Fact]
    public void The_larger_operand_is_the_one_that_is_cut()
    {
        Assert.False(Split(128, 512, packs: false).Split.IsByRows);
        Assert.True(Split(784, 512, packs: false).Split.IsByRows);
        Assert.False(Split(784, 512, packs: true).Split.IsByRows);
    }

    [Fact]
    public void A_small_product_stays_on_one_thread() => Assert.Equal(1, Split(16, 10, packs: false).Split.Parts(16 * 10 * 64, 2));

    private static (GemmSplit Split, GemmPanels Panels) Split(int m, int n, bool packs)
    {
        GemmKernel<float> kernel = KernelSet.Current.SingleGemm;
        var panels = GemmPanels.Create(kernel, n);
        return (new GemmSplit(m, panels, kernel.TileRows, kernel.VectorWidth, packs), panels);
    }

    // The tiles of the line from one boundary to the next, counted one by one.
    private static void Cover(GemmSplit split, int panels, GemmSplit.Tile from, GemmSplit.Tile to, int[,] covered)
    {
        int length = split.IsByRows ? panels : split.RowTiles;
        (int at, int end) = split.IsByRows
            ? ((from.Row * length) + from.Panel, (to.Row * length) + to.Panel)
            : ((from.Panel * length) + from.Row, (to.Panel * length) + to.Row);
        for (; at < end; at++)
        {
            covered[split.IsByRows ? at / length : at % length, split.IsByRows ? at % length : at / length]++;
        }
    }
}
