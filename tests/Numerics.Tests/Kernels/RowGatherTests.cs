using Toolkit.Numerics.Kernels;
using Toolkit.Tests;

namespace Toolkit.Numerics.Tests.Kernels;

public sealed class RowGatherTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 40)]
    [InlineData(4, 7)]
    [InlineData(15, 33)]
    [InlineData(16, 2)]
    [InlineData(56, 128)]
    [InlineData(784, 50)]
    public void Rows_come_in_the_order_of_their_indices_on_any_number_of_threads(int width, int rows)
    {
        const int Count = 61;
        float[] source = TestFloats.Finite(Count * width, 1);
        int[] indices = [.. Enumerable.Range(0, rows).Select(i => i * 37 % Count)];
        float[] expected = [.. indices.SelectMany(row => source[(row * width)..((row + 1) * width)])];
        using var three = new WorkerPool(3);
        foreach (WorkerPool workers in new[] { WorkerPool.Serial, three })
        {
            // A guard on both sides: nothing beyond the rows is written.
            float[] destination = [.. Enumerable.Repeat(-1f, (rows * width) + 2)];
            RowGather.Copy(source, width, indices, destination.AsSpan(1, rows * width), workers);
            Assert.Equal([-1f, .. expected, -1f], destination);
        }
    }

    [Fact]
    public void An_index_that_is_no_row_is_refused()
    {
        var destination = new float[8];
        Assert.Contains("3 rows, got 3", Assert.Throws<ArgumentException>(() => RowGather.Copy(new float[12], 4, [0, 3], destination, WorkerPool.Serial)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RowGather.Copy(new float[12], 4, [0, -1], destination, WorkerPool.Serial));
        Assert.Throws<ArgumentException>(() => RowGather.Copy(new float[12], 4, [0], destination, WorkerPool.Serial));
        Assert.All(destination, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var source = new float[100 * 784];
        var destination = new float[64 * 784];
        int[] rows = [.. Enumerable.Range(0, 64)];
        using var two = new WorkerPool(2);
        TestAllocations.AssertNone(() => RowGather.Copy(source, 784, rows, destination, two));
    }
}
