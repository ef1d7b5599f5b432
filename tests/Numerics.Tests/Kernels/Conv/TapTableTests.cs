using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels.Conv;

public sealed unsafe class TapTableTests
{
    [Fact]
    public void A_table_is_made_once_and_made_again_after_many_others()
    {
        TapTable first = TapTable.Get(Geometry(5), TapTable.Order.Outputs, 1, 1);
        int[] starts = new ReadOnlySpan<int>(first.Starts, Geometry(5).OutputArea + 1).ToArray();
        Assert.Same(first, TapTable.Get(Geometry(5), TapTable.Order.Outputs, 1, 1));
        Assert.NotSame(first, TapTable.Get(Geometry(5), TapTable.Order.Outputs, 1, 2));
        Assert.NotSame(first, TapTable.Get(Geometry(5), TapTable.Order.Inputs, 1, 1));
        for (int size = 6; size < 206; size++)
        {
            Assert.Equal(9 * Geometry(size).OutputArea, LastStart(size));
        }

        TapTable again = TapTable.Get(Geometry(5), TapTable.Order.Outputs, 1, 1);
        Assert.Equal(starts, new ReadOnlySpan<int>(again.Starts, starts.Length).ToArray());
    }

    [Fact]
    public void Tables_that_come_and_go_reuse_their_memory() =>
        TestAllocations.AssertNone(() =>
        {
            for (int stride = 0; stride < 100; stride++)
            {
                TapTable.Get(Geometry(5), TapTable.Order.Outputs, stride, 1);
            }
        });

    [Fact]
    public void Taps_of_a_row_are_runs_that_padding_shortens()
    {
        var g = new ConvolutionGeometry { InputHeight = 2, InputWidth = 4, KernelHeight = 2, KernelWidth = 3, PadLeft = 1, PadRight = 1, PadTop = 1 };
        TapTable table = TapTable.Get(in g, TapTable.Order.OutputRows, 10, 100);
        Assert.Equal([0, 1, 2, 3, 4, 6, 8, 10, 12], new ReadOnlySpan<int>(table.Starts, 9).ToArray());
        Assert.Equal([2, 3, 3, 2, 2, 3, 3, 2], new ReadOnlySpan<int>(table.Lengths, 8).ToArray());
        Assert.Equal([40, 0, 30, 0, 30, 100, 30, 200, 10, 0, 40, 400], new ReadOnlySpan<nint>(table.Pairs, 12).ToArray().Select(value => (int)value));
    }

    private static ConvolutionGeometry Geometry(int size) => new() { InputHeight = size, InputWidth = 4, KernelHeight = 3, KernelWidth = 3 };

    private static int LastStart(int size)
    {
        TapTable table = TapTable.Get(Geometry(size), TapTable.Order.Outputs, 1, 1);
        return table.Starts[Geometry(size).OutputArea];
    }
}
