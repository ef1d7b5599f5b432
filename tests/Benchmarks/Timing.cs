using System.Diagnostics;
using Toolkit.Numerics;

namespace Toolkit.Benchmarks;

/// <summary>Times calls of microseconds, and makes operands.</summary>
internal static class Timing
{
    /// <summary>Seconds a call: the fastest of a few batches of calls, each long enough for the clock.</summary>
    public static double Measure(Action action)
    {
        // As long as the runtime takes to compile what is called often once more, optimized.
        long warm = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 5);
        while (Stopwatch.GetTimestamp() < warm)
        {
            action();
        }

        int calls = 1;
        double best = double.MaxValue;
        long deadline = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
        while (Stopwatch.GetTimestamp() < deadline)
        {
            long start = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
            {
                action();
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = Math.Min(best, seconds / calls);
            if (seconds < 0.001)
            {
                calls *= 2;
            }
        }

        return best;
    }

    /// <summary>Normal random values, the same for the same length.</summary>
    public static float[] Values(int length)
    {
        float[] values = new float[length];
        new CounterRandom(1, (ulong)length).FillNormal(values);
        return values;
    }
}
