using Toolkit.Numerics.Kernels;

namespace Toolkit.Numerics.Tests.Kernels;

public class ParameterUpdateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_rule_reaches_every_parameter_with_the_same_bits_on_any_number_of_threads(int threads)
    {
        using var workers = new WorkerPool(threads);
        foreach (int length in new[] { 0, 1, 5, 16, 67, 100_003 })
        {
            float[] parameters = TestFloats.Finite(length, 1);
            float[] gradients = TestFloats.Finite(length, 2);
            float[] velocity = TestFloats.Finite(length, 3);
            float[] square = Array.ConvertAll(TestFloats.Finite(length, 4), MathF.Abs);
            float[] expectedParameters = [.. parameters];
            float[] expectedVelocity = [.. velocity];
            float[] expectedSquare = [.. square];
            F32x1 unused = default;
            for (int i = 0; i < length; i++)
            {
                (F32x1 p, F32x1 v, F32x1 s) = (new(expectedParameters[i]), new(expectedVelocity[i]), new(expectedSquare[i]));
                default(TwoSlots).Invoke(ref p, new(gradients[i]), ref v, ref s, ref unused);
                (expectedParameters[i], expectedVelocity[i], expectedSquare[i]) = (p.Value, v.Value, s.Value);
            }

            ParameterUpdate.Apply<TwoSlots, float>(default, parameters, gradients, velocity, square, [], workers);
            TestFloats.AssertSameBits(expectedParameters, parameters, "parameters");
            TestFloats.AssertSameBits(expectedVelocity, velocity, "slot 0");
            TestFloats.AssertSameBits(expectedSquare, square, "slot 1");
        }
    }

    [Fact]
    public void A_rule_may_have_three_slots()
    {
        foreach (int length in new[] { 3, 16, 35 })
        {
            float[] parameters = TestFloats.Finite(length, 5);
            float[] gradients = TestFloats.Finite(length, 6);
            float[] before = [.. parameters];
            (float[] slot0, float[] slot1, float[] slot2) = (new float[length], new float[length], new float[length]);
            slot2.AsSpan().Fill(2);

            ParameterUpdate.Apply<ThreeSlots, float>(default, parameters, gradients, slot0, slot1, slot2, WorkerPool.Serial);

            TestFloats.AssertSameBits(gradients, slot0, "slot 0");
            TestFloats.AssertSameBits(before, slot1, "slot 1");
            TestFloats.AssertSameBits([.. Enumerable.Repeat(4f, length)], slot2, "slot 2");
        }

        Assert.Throws<ArgumentException>("slot2", () => ParameterUpdate.Apply<ThreeSlots, float>(default, new float[3], new float[3], new float[3], new float[3], new float[2], WorkerPool.Serial));
    }

    [Fact]
    public void Slots_beyond_the_rules_count_hold_zero_and_are_not_touched()
    {
        float[] parameters = [1, 2, 3];
        float[] slot0 = [7, 7, 7];
        ParameterUpdate.Apply<NoSlots, float>(default, parameters, [1, 1, 1], slot0, [], [], WorkerPool.Serial);
        Assert.Equal([0.5f, 1.5f, 2.5f], parameters);
        Assert.Equal([7, 7, 7], slot0);
    }

    [Fact]
    public void Float64_is_updated_too()
    {
        double[] parameters = [1, 2];
        ParameterUpdate.Apply<NoSlots, double>(default, parameters, [1, 4], [], [], [], WorkerPool.Serial);
        Assert.Equal([0.5, 0], parameters);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        using var workers = new WorkerPool(2);
        var x = new float[50_000];
        TestAllocations.AssertNone(() => ParameterUpdate.Apply<TwoSlots, float>(default, x, x, x, x, [], workers));
    }

    [Fact]
    public void Lengths_are_checked()
    {
        Assert.Throws<ArgumentException>("gradients", () => ParameterUpdate.Apply<NoSlots, float>(default, new float[3], new float[2], [], [], [], WorkerPool.Serial));
        Assert.Throws<ArgumentException>("slot1", () => ParameterUpdate.Apply<TwoSlots, float>(default, new float[3], new float[3], new float[3], [], [], WorkerPool.Serial));
    }

    private readonly struct NoSlots : IUpdateRule
    {
        public static int SlotCount => 0;

        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes> => parameter -= (gradient * TLanes.Broadcast(0.5)) + slot0 + slot1;
    }

    private readonly struct TwoSlots : IUpdateRule
    {
        public static int SlotCount => 2;

        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes>
        {
            slot0 = (slot0 * TLanes.Broadcast(0.9)) + (gradient * TLanes.Broadcast(0.1));
            slot1 = TLanes.MultiplyAdd(gradient, gradient, slot1 * TLanes.Broadcast(0.99));
            parameter -= slot0 / (TLanes.Sqrt(slot1) + TLanes.Broadcast(1e-7));
        }
    }

    /// <summary>Keeps the gradient and the parameter, and doubles the third slot.</summary>
    private readonly struct ThreeSlots : IUpdateRule
    {
        public static int SlotCount => 3;

        public void Invoke<TLanes>(ref TLanes parameter, TLanes gradient, ref TLanes slot0, ref TLanes slot1, ref TLanes slot2)
            where TLanes : struct, ILanes<TLanes>
        {
            slot0 = gradient;
            slot1 = parameter;
            slot2 += slot2;
            parameter += slot2;
        }
    }
}
