using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Tests;

public sealed class ManagedSessionContractTests : SessionContract
{
    internal override IInferenceBackend Backend => new ManagedBackend();

    [Fact]
    public void A_step_of_a_stream_allocates_nothing_nor_does_a_new_stream()
    {
        using StatefulSession stream = new(ManagedBackend.Compile(Recurrent(), new InferenceOptions { Threads = 1 }), RecurrentStates);
        Tensor[] x = [new RandomTensors(1).Float(1, 3, 4)];
        Tensor[] y = [new Tensor<float>([1, 1, 3, 5])];
        TestAllocations.AssertNone(() =>
        {
            for (int step = 0; step < 5; step++)
            {
                stream.Run(x, y);
            }

            stream.Reset();
        });
    }

    [Fact]
    public void A_binding_allocates_nothing_while_shapes_stay()
    {
        using ManagedSession session = ManagedBackend.Compile(Networks.MnistMlp(), new InferenceOptions { Threads = 1 });
        var binding = new IoBinding(session);
        binding.BindInput("x", new RandomTensors(2).Float(3, 784));
        TestAllocations.AssertNone(binding.Run);
    }

    [Fact]
    public void Clones_share_the_packed_weights_and_have_plans_of_their_own()
    {
        using ManagedSession session = ManagedBackend.Compile(Networks.MnistMlp(), new InferenceOptions { Threads = 3 });
        session.Run(new Tensor<float>([1, 784]));
        using ManagedSession clone = session.Clone();
        using ManagedSession serial = session.Clone(new InferenceOptions { Threads = 1 });
        Assert.Same(session.Program, clone.Program);
        Assert.Same(session.Program, serial.Program);
        Assert.Equal(1, session.Plans.Count);
        Assert.Equal(0, clone.Plans.Count);
        Tensor x = new RandomTensors(2).Float(64, 784);
        Assert.Equal(session.Run(x)[0].Bytes.ToArray(), serial.Run(x)[0].Bytes.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Clone(new InferenceOptions { Threads = -1 }));
    }

    [Fact]
    public void A_clone_costs_a_small_part_of_the_weights()
    {
        using ManagedSession session = ManagedBackend.Compile(Networks.MnistMlp(), new InferenceOptions { Threads = 1 });
        var clones = new ManagedSession[100];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < clones.Length; i++)
        {
            clones[i] = session.Clone();
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / clones.Length, 0, 4096);
    }

    [Fact]
    public void Tensors_over_parts_of_a_callers_array_are_read_and_written_in_place()
    {
        using ManagedSession session = ManagedBackend.Compile(Networks.MnistMlp());
        float[] memory = new float[784 + 10 + 10];
        new RandomTensors(2).Float(784).Span.CopyTo(memory);
        Tensor scores = new Tensor<float>([1, 10], memory.AsMemory(784, 10));
        session.Run([new Tensor<float>([1, 784], memory.AsMemory(0, 784))], [scores]);
        Assert.Equal(1, memory.AsSpan(784, 10).ToArray().Sum(), 1e-5f);
        Assert.Equal(new float[10], memory[^10..]);
    }
}
