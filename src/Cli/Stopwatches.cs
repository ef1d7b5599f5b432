using System.Diagnostics;
using Toolkit.EdgeRuntime;
using Toolkit.Numerics;

namespace Toolkit.Cli;

/// <summary>Times sessions in turn.</summary>
internal static class Stopwatches
{
    private const int MaxRuns = 1_000_000;
    private const int AllocationRuns = 20;
    private static readonly TimeSpan Block = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs every session for <paramref name="time"/>, taking turns in short blocks.</summary>
    public static IReadOnlyList<Timing> Interleave(
        IReadOnlyList<IInferenceSession> sessions, OrderedDictionary<string, Tensor> inputs, TimeSpan time, CancellationToken cancellation)
    {
        Tensor[] tensors = [.. inputs.Values];
        Tensor[][] outputs = [.. sessions.Select(session => AllocateOutputs(session, inputs))];
        long[] allocated = [.. sessions.Select((session, i) => Allocated(session, tensors, outputs[i]))];
        List<long>[] ticks = [.. sessions.Select(_ => new List<long>())];
        int rounds = Math.Max(1, (int)(time / Block));
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < sessions.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                RunBlock(sessions[i], tensors, outputs[i], ticks[i]);
            }
        }

        return [.. sessions.Select((session, i) => Summarize(session.Backend, ticks[i], allocated[i]))];
    }

    private static void RunBlock(IInferenceSession session, Tensor[] inputs, Tensor[] outputs, List<long> ticks)
    {
        // The run after a change of backend meets its memory in nobody's cache, and perhaps the other's threads still spinning.
        session.Run(inputs, outputs);
        session.Run(inputs, outputs);
        long end = Stopwatch.GetTimestamp() + (long)(Block.TotalSeconds * Stopwatch.Frequency);
        long now;
        do
        {
            long start = Stopwatch.GetTimestamp();
            session.Run(inputs, outputs);
            now = Stopwatch.GetTimestamp();
            if (ticks.Count < MaxRuns)
            {
                ticks.Add(now - start);
            }
        }
        while (now < end);
    }

    private static long Allocated(IInferenceSession session, Tensor[] inputs, Tensor[] outputs)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            session.Run(inputs, outputs);
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int run = 0; run < AllocationRuns; run++)
            {
                session.Run(inputs, outputs);
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least / AllocationRuns;
    }

    private static Tensor[] AllocateOutputs(IInferenceSession session, OrderedDictionary<string, Tensor> inputs)
    {
        IReadOnlyList<Shape?> shapes = session.InferOutputShapes([.. inputs.Values.Select(input => input.Shape)]);
        if (shapes.All(shape => shape is not null) && session.Outputs.All(output => output.ElementType != ElementType.Undefined))
        {
            return [.. shapes.Select((shape, i) => Tensor.Create(session.Outputs[i].ElementType, shape!.Value))];
        }

        return [.. session.Run(inputs).Values];
    }

    private static Timing Summarize(string backend, List<long> ticks, long allocated)
    {
        ticks.Sort();
        double microseconds = 1e6 / Stopwatch.Frequency;
        return new Timing(
            backend,
            ticks[ticks.Count / 2] * microseconds,
            ticks[Math.Min(ticks.Count - 1, (int)Math.Ceiling(ticks.Count * 0.99) - 1)] * microseconds,
            allocated,
            ticks.Count);
    }
}
