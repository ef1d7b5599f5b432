namespace Toolkit.Numerics.Tests;

/// <summary>Counts what the calling thread allocates.</summary>
internal static class TestAllocations
{
    /// <summary>Asserts that the action, once warm, allocates no managed memory on the calling thread.</summary>
    public static void AssertNone(Action action)
    {
        action();
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
