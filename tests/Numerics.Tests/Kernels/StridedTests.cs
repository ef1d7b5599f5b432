using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public class StridedTests
{
    [Fact]
    public void Transposing_repeating_and_summing_are_walks()
    {
        var transposed = new float[6];
        Strided.Copy([1f, 2, 3, 4, 5, 6], transposed, Walk((2, 3, 1), (3, 1, 2)));
        Assert.Equal([1f, 4, 2, 5, 3, 6], transposed);

        var repeated = new float[6];
        Strided.Copy([1f, 2], repeated, Walk((3, 0, 1), (2, 1, 3)));
        Assert.Equal([1f, 1, 1, 2, 2, 2], repeated);

        float[] sums = [10, 20];
        Strided.Add([1f, 2, 3, 4, 5, 6], sums, Walk((3, 1, 0), (2, 3, 1)));
        Assert.Equal([16f, 35], sums);

        float[] columns = [0, 0, 100];
        Strided.Add([1f, 2, 3, 4, 5, 6], columns, Walk((3, 1, 1), (2, 3, 0)));
        Assert.Equal([5f, 7, 109], columns);

        float[] raised = [1, 2, 3];
        Strided.Add([5f], raised, Walk((3, 0, 1)));
        Assert.Equal([6f, 7, 8], raised);

        float[] strided = [1, 0, 1, 0];
        Strided.Add([5f, 6], strided, Walk((2, 1, 2)));
        Assert.Equal([6f, 0, 7, 0], strided);
    }

    [Fact]
    public void Axes_that_lie_together_become_one_and_empty_walks_do_nothing()
    {
        StridedAxes one = Walk((4, 1, 1), (1, 9, 9), (3, 4, 4));
        Assert.Equal((1, 12), (one.Count, one.Length));

        float[] untouched = [7];
        Strided.Copy([], untouched, Walk((0, 1, 1), (3, 0, 0)));
        Assert.Equal([7f], untouched);
        Strided.Copy([5f], untouched, new StridedAxes());
        Assert.Equal([5f], untouched);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var x = new float[60];
        var y = new float[60];
        TestAllocations.AssertNone(() => Strided.Add<float>(x, y, Walk((5, 12, 1), (4, 3, 5), (3, 1, 20))));
    }

    private static StridedAxes Walk(params ReadOnlySpan<(int Size, int Source, int Destination)> axes)
    {
        var walk = new StridedAxes();
        foreach ((int size, int source, int destination) in axes)
        {
            walk.AddOuter(size, source, destination);
        }

        return walk;
    }
}
