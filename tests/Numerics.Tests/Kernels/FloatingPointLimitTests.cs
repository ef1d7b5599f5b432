using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public class FloatingPointLimitTests
{
    [Fact]
    public void The_limit_is_within_what_processors_do()
    {
        // A tenth of a GFLOPS to 100 lanes at 10 GHz twice a cycle.
        Assert.InRange(FloatingPointLimit.Measure(WorkerPool.Serial), 1e8, 4e12);
    }

    [Fact]
    public void Every_kernel_set_has_a_limit()
    {
        foreach (KernelSet set in KernelSet.Available)
        {
            Assert.InRange(FloatingPointLimit.Measure(set, WorkerPool.Serial), 1e8, 4e12);
        }
    }
}
