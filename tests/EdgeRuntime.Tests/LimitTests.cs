using System.Diagnostics;
using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

public sealed class LimitTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(200);

    // What a slow, busy machine may add to a deadline.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_run_stops_at_its_deadline_wherever_it_is()
    {
        foreach ((string name, OnnxModel model, Tensor[] inputs) in HeavyModels())
        {
            using ManagedSession session = ManagedBackend.Compile(model, new InferenceOptions { Threads = 1, Deadline = Deadline });
            long start = Stopwatch.GetTimestamp();
            Exception? exception = Record.Exception(() => session.Run(Named(session, inputs)));
            Assert.True(exception is TimeoutException, $"{name}: {exception}");
            Assert.Contains("200 ms", exception.Message, StringComparison.Ordinal);
            Assert.True(Stopwatch.GetElapsedTime(start) < Deadline + Slack, name);
        }
    }

    [Fact]
    public void A_run_is_cancelled_on_every_thread()
    {
        (_, OnnxModel model, Tensor[] inputs) = HeavyModels().First();
        using ManagedSession session = ManagedBackend.Compile(model, new InferenceOptions { Threads = 3 });
        using var source = new CancellationTokenSource(Deadline);
        long start = Stopwatch.GetTimestamp();
        Assert.ThrowsAny<OperationCanceledException>(() => session.Run(Named(session, inputs), source.Token));
        Assert.True(Stopwatch.GetElapsedTime(start) < Deadline + Slack);
        Assert.ThrowsAny<OperationCanceledException>(() => session.Run(Named(session, inputs), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_session_runs_again_after_a_run_that_was_stopped()
    {
        var builder = new ModelBuilder().Input("x", "M", "K").Input("y", "K", "N");
        using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(new O.MatMul(), "x", "y")).Build(), new InferenceOptions { Threads = 2, Deadline = Deadline });
        Assert.Throws<TimeoutException>(() => session.Run(Named(session, [new Tensor<float>([5000, 5000]), new Tensor<float>([5000, 5000])])));
        Tensor result = session.Run(Named(session, [Tensor.From([1, 2], 3f, 4f), Tensor.From([2, 1], 5f, 6f)])).GetAt(0).Value;
        Assert.Equal([39f], result.As<float>().ToArray());
    }

    [Fact]
    public void Loading_stops_at_the_deadline_too()
    {
        var builder = new ModelBuilder();
        string large = builder.Constant(new Tensor<float>([3000, 3000]));
        string value = large;
        for (int i = 0; i < 200; i++)
        {
            value = builder.Node(new O.MatMul(), value, large);
        }

        OnnxModel model = builder.Output(builder.Node(new O.ReduceSum(), value)).Build();
        var options = new InferenceOptions { Threads = 1, Deadline = Deadline, Limits = new OnnxLimits { MaxFoldedBytes = long.MaxValue } };
        Assert.Throws<TimeoutException>(() => ManagedBackend.Compile(model, options).Dispose());
    }

    [Fact]
    public void Outputs_count_towards_the_memory_of_a_plan()
    {
        var builder = new ModelBuilder().Input("x", "N", 1);
        string[] outputs = [.. Enumerable.Range(0, 20).Select(_ => builder.Node(new O.Expand(), "x", builder.Constant(Tensor.Vector(1L, 1L << 18))))];
        using ManagedSession session = ManagedBackend.Compile(builder.Output(outputs).Build(), new InferenceOptions { Limits = new OnnxLimits { MaxPlanBytes = 16 << 20 } });
        ArgumentException exception = Assert.Throws<ArgumentException>(() => session.Run(Named(session, [new Tensor<float>([1, 1])])));
        Assert.Contains("MaxPlanBytes", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)] // depthwise: the offsets of the kernel's elements would not fit the stack
    [InlineData(1)]
    public void A_convolution_with_a_kernel_of_millions_of_elements_is_right(int group)
    {
        const int Size = 1200;
        var x = new Tensor<float>([1, group, Size, Size]);
        x.Span[(7 * Size) + 5] = 2;
        x.Span[^1] = 3;
        var w = new Tensor<float>([group, 1, Size, Size]);
        w.Span.Fill(1);
        foreach (Operator op in new Operator[] { new O.Conv([Size, Size], Group: group), new O.Conv([Size, Size], Pads: [1, 1, 0, 0], Group: group) })
        {
            var builder = new ModelBuilder().Input("x", [.. x.Shape.Select(size => (Dimension)size)]);
            using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(op, "x", builder.Constant(w))).Build(), new InferenceOptions { Threads = 1 });
            Tensor y = session.Run(Named(session, [x])).GetAt(0).Value;
            Assert.Equal(group == 1 ? 5f : 2f, y.As<float>().Span[y.Shape.LengthOf(2..) - 1]);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 1)]
    public void Convolutions_of_any_size_agree_with_those_of_usual_sizes(int channels, int group)
    {
        // Padding beyond what the fast paths take, of which every output sees nothing but one image in the middle.
        var random = new RandomTensors(3);
        Tensor<float> x = random.Float(1, channels, 5, 6);
        Tensor<float> w = random.Float(4, channels / group, 3, 2);
        const int Pad = 3 << 20;
        float[] usual = Run(new O.Conv([3, 2], [1, 1], [1, 1, 1, 1], Group: group), x, w);
        float[] unusual = Run(new O.Conv([3, 2], [Pad, Pad], [Pad, Pad, Pad, Pad], Group: group), x, w);
        Assert.Equal(9 * 4, unusual.Length);
        for (int m = 0; m < 4; m++)
        {
            // The middle output's window begins at the image's first element, as the usual one's at [1, 1] does.
            Assert.Equal(usual[(m * 5 * 7) + 7 + 1], unusual[(m * 9) + 4], 1e-5f);
            Assert.Equal(0, unusual[m * 9]);
        }
    }

    private static float[] Run(Operator op, Tensor<float> x, Tensor<float> w)
    {
        var builder = new ModelBuilder().Input("x", [.. x.Shape.Select(size => (Dimension)size)]);
        using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(op, "x", builder.Constant(w))).Build(), new InferenceOptions { Threads = 1 });
        return session.Run(Named(session, [x])).GetAt(0).Value.As<float>().ToArray();
    }

    // Each has one node within the limits that would take minutes.
    private static IEnumerable<(string Name, OnnxModel Model, Tensor[] Inputs)> HeavyModels()
    {
        yield return Of(new O.MatMul(), new Tensor<float>([5000, 5000]), new Tensor<float>([5000, 5000]));
        yield return Of(new O.MatMul(), new Tensor<long>([3000, 3000]), new Tensor<long>([3000, 3000]));
        yield return Of(new O.MatMulInteger(), new Tensor<byte>([3000, 3000]), new Tensor<sbyte>([3000, 3000]));
        yield return Of(new O.Conv([1500, 1500], Pads: [1500, 1500, 1500, 1500]), new Tensor<float>([1, 1, 1500, 1500]), new Tensor<float>([1, 1, 1500, 1500]));
        yield return Of(new O.Conv([61, 61], Pads: [30, 30, 30, 30]), new Tensor<float>([1, 16, 700, 700]), new Tensor<float>([64, 16, 61, 61]));
        yield return Of(new O.ConvTranspose([1500, 1500]), new Tensor<float>([1, 1, 1500, 1500]), new Tensor<float>([1, 1, 1500, 1500]));
        yield return Of(new O.AveragePool([1501, 1501], Pads: [750, 750, 750, 750]), new Tensor<float>([1, 1, 3000, 3000]));
        yield return Of(new O.MaxPool([1501, 1501], Pads: [750, 750, 750, 750]), new Tensor<float>([1, 1, 3000, 3000]));
        yield return Of(new O.MaxPool([200_001], Pads: [100_000, 100_000]), new Tensor<byte>([1, 1, 1_000_000]));
        yield return Of(new O.Einsum("ij,kj,lj->ikl"), new Tensor<float>([300, 30_000]), new Tensor<float>([300, 30_000]), new Tensor<float>([100, 30_000]));
        yield return Of(new O.LRN(20_001), new Tensor<float>([1, 40_000, 100]));
    }

    private static (string Name, OnnxModel Model, Tensor[] Inputs) Of(Operator op, params Tensor[] inputs)
    {
        var builder = new ModelBuilder();
        string[] names = [.. inputs.Select((tensor, i) => $"x{i}")];
        for (int i = 0; i < inputs.Length; i++)
        {
            builder.Input(names[i], inputs[i].ElementType, SymbolicShape.From(inputs[i].Shape));
        }

        return ($"{op.OpType} {string.Join(", ", inputs.Select(tensor => $"{tensor.ElementType} {tensor.Shape}"))}", builder.Output(builder.Node(op, names)).Build(), inputs);
    }

    private static Dictionary<string, Tensor> Named(ManagedSession session, Tensor[] inputs) =>
        session.Inputs.Select((input, i) => (input.Name, inputs[i])).ToDictionary(pair => pair.Name, pair => pair.Item2);
}
