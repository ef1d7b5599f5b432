namespace Toolkit.Tests;

/// <summary>Counts what the calling thread allocates.</summary>
internal static class TestAllocations
{
    /// <summary>
    /// Asserts that the action, once warm, allocates no managed memory on the calling thread. Several tries: the runtime may
    /// allocate once for a thread that sleeps for the first time.
    /// </summary>
    public static void AssertNone(Action action)
    {
        action();
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5 && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
