using Toolkit.Numerics;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Optimizers;

namespace Toolkit.Trainer.Tests.Optimizers;

/// <summary>
/// Three steps on four parameters. The last parameter's gradients are so small that the place and size of an epsilon decide its way. The
/// expected numbers in the tests were computed in binary64 from the formula that stands above them.
/// </summary>
internal static class OptimizerSteps
{
    // The derivations are exact to nine decimals; binary32 near 2 is off by up to 1.2e-7 a step.
    private const double Tolerance = 4e-7;

    public static readonly float[] Start = [1f, -2f, 0.5f, 0.25f];

    public static readonly float[][] Gradients =
    [
        [0.1f, -0.2f, 0.4f, 1e-4f],
        [0.3f, 0.1f, -0.5f, 2e-4f],
        [-0.2f, 0.05f, 0.001f, -1e-4f],
    ];

    public static void AssertFollows(Optimizer optimizer, double[][] expected)
    {
        float[] parameters = [.. Start];
        float[] slot0 = NewSlot(optimizer, 0, parameters.Length);
        float[] slot1 = NewSlot(optimizer, 1, parameters.Length);
        float[] slot2 = NewSlot(optimizer, 2, parameters.Length);
        for (int step = 0; step < expected.Length; step++)
        {
            optimizer.Apply(new ParameterBlock(parameters, Gradients[step], slot0, slot1, slot2), WorkerPool.Serial);
            for (int i = 0; i < parameters.Length; i++)
            {
                Assert.True(
                    Math.Abs(parameters[i] - expected[step][i]) < Tolerance,
                    $"step {step + 1}, parameter {i}: expected {expected[step][i]:F9}, got {parameters[i]:F9}");
            }
        }

        Assert.Equal(expected.Length, optimizer.Iterations);
    }

    /// <summary>Parameters and slots after four steps on pseudo-random gradients.</summary>
    public static (float[] Parameters, float[][] Slots) Run(Optimizer optimizer, int length, WorkerPool workers, int chunk)
    {
        var random = new CounterRandom(7, 1);
        var parameters = new float[length];
        random.FillUniform(parameters);
        float[][] slots = [.. Enumerable.Range(0, 3).Select(slot => NewSlot(optimizer, slot, length))];
        var gradients = new float[length];
        for (int step = 0; step < 4; step++)
        {
            new RandomUniform(-1, 1).Fill(gradients, [length], random);
            IReadOnlyDictionary<string, double> state = optimizer.State;
            for (int start = 0; start < length; start += chunk)
            {
                Range part = start..Math.Min(length, start + chunk);
                optimizer.RestoreState(state);
                optimizer.Apply(
                    new ParameterBlock(parameters.AsSpan(part), gradients.AsSpan(part), Part(slots[0], part), Part(slots[1], part), Part(slots[2], part)),
                    workers);
            }
        }

        return (parameters, slots);
    }

    private static Span<float> Part(float[] slot, Range part) => slot.Length == 0 ? [] : slot.AsSpan(part);

    private static float[] NewSlot(Optimizer optimizer, int slot, int length)
    {
        if (slot >= optimizer.SlotCount)
        {
            return [];
        }

        var values = new float[length];
        Array.Fill(values, optimizer.InitialSlotValue(slot));
        return values;
    }
}
