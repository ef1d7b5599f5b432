using System.Diagnostics;
using Toolkit.Numerics;
using Toolkit.Tests.Networks;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Measures the process: nothing else may run beside it.</summary>
[Collection(nameof(IdleSessionTests))]
[CollectionDefinition(nameof(IdleSessionTests), DisableParallelization = true)]
public sealed class IdleSessionTests
{
    // What the runtime does by itself. A worker that spins takes a whole processor.
    private const double MostProcessors = 0.01;

    [Fact]
    public void An_idle_session_takes_no_processor_time()
    {
        using ManagedSession session = ManagedBackend.Compile(ReferenceNetworks.MobileNet(), new InferenceOptions { Threads = 2 });
        Tensor x = new RandomTensors(5).Float(1, 3, 96, 96);
        var y = Tensor.Create(ElementType.Float32, session.InferOutputShapes([x.Shape])[0]!.Value);
        for (int run = 0; run < 20; run++)
        {
            session.Run([x], [y]);
        }

        // The quietest of a few seconds: the runtime may compile methods that were called often behind the run.
        double least = double.MaxValue;
        for (int attempt = 0; attempt < 5 && least > MostProcessors; attempt++)
        {
            session.Run([x], [y]);
            Thread.Sleep(20);
            TimeSpan before = ProcessorTime();
            long start = Stopwatch.GetTimestamp();
            Thread.Sleep(1000);
            least = Math.Min(least, (ProcessorTime() - before) / Stopwatch.GetElapsedTime(start));
        }

        Assert.True(least <= MostProcessors, $"An idle session took {least:P1} of a processor.");
    }

    private static TimeSpan ProcessorTime()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
