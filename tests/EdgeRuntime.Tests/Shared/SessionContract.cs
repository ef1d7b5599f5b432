using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>What every backend's session does: the same tests run on each.</summary>
public abstract class SessionContract
{
    internal abstract IInferenceBackend Backend { get; }

    [Fact]
    public void Steps_with_carried_state_give_what_the_whole_sequence_gives()
    {
        Tensor<float> x = new RandomTensors(1).Float(6, 3, 4);
        using IInferenceSession whole = Load(Recurrent());
        IReadOnlyList<Tensor> expected = whole.Run(x, new Tensor<float>([1, 3, 5]), new Tensor<float>([1, 3, 5]));
        using StatefulSession stream = new(Load(Recurrent()), RecurrentStates);
        Assert.Equal(["x"], stream.Inputs.Select(input => input.Name));
        Assert.Equal(["y"], stream.Outputs.Select(output => output.Name));
        Assert.Equal(["hx", "cx"], stream.States.Select(state => state.Name));
        var y = new Tensor<float>([1, 1, 3, 5]);
        for (int step = 0; step < 6; step++)
        {
            Tensor sample = x[new Range(step, step + 1)];
            if (step % 2 == 0)
            {
                stream.Run([sample], [y]);
            }
            else
            {
                stream.Run(new Dictionary<string, Tensor> { ["x"] = sample })["y"].CopyTo(y);
            }

            Elements.AssertClose(expected[0].As<float>()[new Range(step, step + 1)].Contiguous(), y);
        }

        Elements.AssertClose(expected[1], stream.GetState("hx"));
        Elements.AssertClose(expected[2], stream.GetState("cx"));
    }

    [Fact]
    public void A_stream_begins_anew_after_Reset_at_any_batch_size()
    {
        using StatefulSession stream = new(Load(Recurrent()), RecurrentStates);
        foreach (int batch in new[] { 2, 3, 2, 3 })
        {
            Tensor<float> x = new RandomTensors(batch).Float(3, batch, 4);
            using StatefulSession fresh = new(Load(Recurrent()), RecurrentStates);
            for (int step = 0; step < 4; step++)
            {
                Assert.Equal(fresh.Run(x)[0].Bytes.ToArray(), stream.Run(x)[0].Bytes.ToArray());
                Tensor[] into = [new Tensor<float>([3, 1, batch, 5]), new Tensor<float>([3, 1, batch, 5])];
                fresh.Run([x], [into[0]]);
                stream.Run([x], [into[1]]);
                Assert.Equal(into[0].Bytes.ToArray(), into[1].Bytes.ToArray());
            }

            string message = Message(() => stream.Run(new RandomTensors(0).Float(1, batch + 1, 4)));
            Assert.Contains($"State 'hx': holds [1,{batch},5] from the steps before, these inputs need [1,{batch + 1},5]; call Reset", message, StringComparison.Ordinal);
            Assert.Equal(fresh.Run(x)[0].Bytes.ToArray(), stream.Run(x)[0].Bytes.ToArray());
            stream.Reset();
        }
    }

    [Fact]
    public void A_stream_goes_on_from_a_state_that_is_set()
    {
        Tensor<float> x = new RandomTensors(1).Float(2, 3, 4);
        using StatefulSession first = new(Load(Recurrent()), RecurrentStates);
        Assert.Contains("has not begun", Assert.Throws<InvalidOperationException>(() => first.GetState("hx")).Message, StringComparison.Ordinal);
        first.Run(x);
        using StatefulSession second = new(Load(Recurrent()), RecurrentStates);
        second.SetState("hx", first.GetState("hx"));
        second.SetState("cx", first.GetState("cx"));
        Assert.Equal(first.Run(x)[0].Bytes.ToArray(), second.Run(x)[0].Bytes.ToArray());
        Assert.Equal(first.Run(x)[0].Bytes.ToArray(), second.Run(x)[0].Bytes.ToArray());
        Assert.Contains("State 'hx': expected", Message(() => second.SetState("hx", new Tensor<double>([1, 3, 5]))), StringComparison.Ordinal);
        Assert.Contains("State 'hx': expected", Message(() => second.SetState("hx", new Tensor<float>([1, 3, 6]))), StringComparison.Ordinal);
        Assert.Contains("no such state; it has 'hx', 'cx'", Message(() => second.SetState("h1", new Tensor<float>([1, 3, 5]))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clone_of_a_stream_has_its_own_state_and_outlives_the_original()
    {
        Tensor<float> x = new RandomTensors(1).Float(1, 2, 4);
        var original = new StatefulSession(Load(Recurrent()), RecurrentStates);
        byte[] first = original.Run(x)[0].Bytes.ToArray();
        byte[] second = original.Run(x)[0].Bytes.ToArray();
        using IInferenceSession clone = original.Clone();
        original.Dispose();
        original.Dispose();
        Assert.Throws<ObjectDisposedException>(() => original.Run(x));
        Assert.Equal(first, clone.Run(x)[0].Bytes.ToArray());
        Assert.Equal(second, clone.Run(x)[0].Bytes.ToArray());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_state_may_grow_from_step_to_step()
    {
        var builder = new ModelBuilder().Input("past", "N", "P").Input("x", "N", 1);
        OnnxModel model = builder.Node(new O.Concat(1), ["past", "x"], ["present"]).Node(new O.ReduceSum(false), ["present", builder.Constant(Tensor.Vector(1L))], ["sum"]).Output("sum", "present").Build();
        using StatefulSession stream = new(Load(model), new Dictionary<string, string> { ["past"] = "present" });
        Assert.Contains("State 'past': the other inputs do not tell its shape [N,P]; call SetState", Message(() => stream.Run(new Tensor<float>([2, 1]))), StringComparison.Ordinal);
        stream.SetState("past", new Tensor<float>([2, 0]));
        for (int step = 1; step <= 5; step++)
        {
            Tensor sum = stream.Run(Tensor.From<float>([2, 1], 1f, step))[0];
            Assert.Equal([step, step * (step + 1) / 2], sum.As<float>().ToArray());
            Assert.Equal(new Shape(2, step), stream.GetState("past").Shape);
        }
    }

    [Fact]
    public void A_step_that_fails_leaves_the_state_as_it_was()
    {
        Tensor<float> x = new RandomTensors(1).Float(1, 2, 4);
        using StatefulSession stream = new(Load(Recurrent()), RecurrentStates);
        using StatefulSession undisturbed = new(Load(Recurrent()), RecurrentStates);
        stream.Run(x);
        undisturbed.Run(x);
        Assert.Contains("Output 'y': expected shape [1,1,2,5]", Message(() => stream.Run([x], [new Tensor<float>([1, 1, 2, 4])])), StringComparison.Ordinal);
        Assert.Contains("Outputs: expected 1 tensors ('y'), got 2", Message(() => stream.Run([x], [x, x])), StringComparison.Ordinal);
        Assert.Equal(undisturbed.Run(x)[0].Bytes.ToArray(), stream.Run(x)[0].Bytes.ToArray());
    }

    [Fact]
    public void States_that_do_not_fit_each_other_are_refused_by_name()
    {
        using IInferenceSession session = Load(Recurrent());
        Assert.Contains("State 'hn': the model has no such input; it has 'x', 'hx', 'cx'", Of("hn", "hx", "hn"), StringComparison.Ordinal);
        Assert.Contains("State 'h': the model has no such output; it has 'y', 'hn', 'cn'", Of("hx", "h"), StringComparison.Ordinal);
        Assert.Contains("State 'x': expected x float32", Of("x", "y"), StringComparison.Ordinal);

        string Of(string input, string output, string? other = null) => Message(() => _ = new StatefulSession(
            session, new Dictionary<string, string> { [input] = other is null ? output : "hn", ["cx"] = "cn" }));
    }

    [Fact]
    public void A_clone_gives_the_same_bits_and_outlives_the_original()
    {
        Tensor<float> x = new RandomTensors(2).Float(3, 784);
        IInferenceSession original = Load(Networks.MnistMlp());
        byte[] expected = original.Run(x)[0].Bytes.ToArray();
        using IInferenceSession clone = original.Clone();
        using IInferenceSession other = original.Clone();
        original.Dispose();
        original.Dispose();
        Assert.Equal(expected, clone.Run(x)[0].Bytes.ToArray());
        Assert.Throws<ObjectDisposedException>(original.Clone);
        Assert.Throws<ObjectDisposedException>(() => original.Run(x));
        clone.Dispose();
        Assert.Equal(expected, other.Run(x)[0].Bytes.ToArray());
    }

    [Fact]
    public async Task Many_threads_run_one_session_and_its_clones_on_different_shapes()
    {
        using IInferenceSession session = Load(Networks.Convolutional());
        Tensor[] inputs = [.. Enumerable.Range(0, 12).Select(i => (Tensor)new RandomTensors(i).Float(1 + (i % 6), 3, 16, 12))];
        Tensor[] expected = [.. inputs.Select(x => session.Run(x)[0])];
        await Task.WhenAll(inputs.Select((x, i) => Task.Run(() =>
        {
            using IInferenceSession mine = session.Clone();
            IInferenceSession runs = i % 3 == 0 ? mine : session;
            var y = new Tensor<float>(expected[i].Shape);
            for (int round = 0; round < 25; round++)
            {
                y.Span.Clear();
                runs.Run([x], [y]);
                Elements.AssertClose(expected[i], y);
                Elements.AssertClose(expected[i], runs.Run(x)[0]);
            }
        })));
    }

    [Fact]
    public void A_binding_reads_and_writes_by_name_what_the_caller_keeps()
    {
        using IInferenceSession session = Load(Recurrent());
        var binding = new IoBinding(session);
        float[] samples = new float[2 * 4];
        binding.BindInput("cx", new Tensor<float>([1, 2, 5]));
        binding.BindInput("x", new Tensor<float>([1, 2, 4], samples));
        Assert.Contains("Input 'hx': expected hx float32 [1,N,5], nothing is bound", Assert.Throws<InvalidOperationException>(binding.Run).Message, StringComparison.Ordinal);
        binding.BindInput("hx", new Tensor<float>([1, 2, 5]));
        float[] cell = new float[10];
        binding.BindOutput("cn", new Tensor<float>([1, 2, 5], cell));
        Assert.Contains("call Run first", Assert.Throws<InvalidOperationException>(() => binding.Output("y")).Message, StringComparison.Ordinal);
        for (int round = 0; round < 3; round++)
        {
            new RandomTensors(round).Float(2, 4).Span.CopyTo(samples);
            binding.Run();
            IReadOnlyList<Tensor> expected = session.Run(new Tensor<float>([1, 2, 4], samples), new Tensor<float>([1, 2, 5]), new Tensor<float>([1, 2, 5]));
            Elements.AssertClose(expected[0], binding.Output("y"));
            Elements.AssertClose(expected[2], binding.Output("cn"));
            Elements.AssertClose(expected[2], new Tensor<float>([1, 2, 5], cell));
        }

        // Another number of steps: the binding's own outputs follow.
        binding.BindInput("x", new RandomTensors(5).Float(3, 2, 4));
        binding.Run();
        Assert.Equal(new Shape(3, 1, 2, 5), binding.Output("y").Shape);
    }

    [Fact]
    public void A_binding_names_what_does_not_fit()
    {
        using IInferenceSession session = Load(Networks.MnistMlp());
        var binding = new IoBinding(session);
        string output = session.Outputs[0].Name;
        Assert.Contains("Input 'y': the model has no such input; it has 'x'", Message(() => binding.BindInput("y", new Tensor<float>([1, 784]))), StringComparison.Ordinal);
        Assert.Contains("Output 'z': the model has no such output", Message(() => binding.BindOutput("z", new Tensor<float>([1, 10]))), StringComparison.Ordinal);
        Assert.Contains("Input 'x': expected element type float32, got int64", Message(() => binding.BindInput("x", new Tensor<long>([1, 784]))), StringComparison.Ordinal);
        Assert.Contains("expected element type float32, got float64", Message(() => binding.BindOutput(output, new Tensor<double>([1, 10]))), StringComparison.Ordinal);
        binding.BindInput("x", new Tensor<float>([2, 784]));
        binding.BindOutput(output, new Tensor<float>([1, 10]));
        Assert.Contains("expected shape [2,10] for these inputs, got [1,10]", Message(binding.Run), StringComparison.Ordinal);
    }

    [Fact]
    public void Positional_inputs_give_the_outputs_in_order()
    {
        using IInferenceSession session = Load(Recurrent());
        Tensor<float> x = new RandomTensors(4).Float(2, 1, 4);
        IReadOnlyList<Tensor> positional = session.Run(x, new Tensor<float>([1, 1, 5]), new Tensor<float>([1, 1, 5]));
        OrderedDictionary<string, Tensor> named = session.Run(new Dictionary<string, Tensor> { ["cx"] = new Tensor<float>([1, 1, 5]), ["hx"] = new Tensor<float>([1, 1, 5]), ["x"] = x });
        Assert.Equal(named.Values.Select(tensor => tensor.Bytes.ToArray()), positional.Select(tensor => tensor.Bytes.ToArray()));
        Assert.Contains("Inputs: expected 3 tensors ('x', 'hx', 'cx'), got 1", Message(() => session.Run(x)), StringComparison.Ordinal);
    }

    internal static readonly Dictionary<string, string> RecurrentStates = new() { ["hx"] = "hn", ["cx"] = "cn" };

    /// <summary>x [T, N, 4] and the states hx, cx [1, N, 5] through an LSTM to y [T, 1, N, 5] and the states hn, cn.</summary>
    internal static OnnxModel Recurrent()
    {
        var random = new RandomTensors(3);
        var builder = new ModelBuilder().Input("x", "T", "N", 4).Input("hx", 1, "N", 5).Input("cx", 1, "N", 5);
        builder.Node(
            new O.LSTM(5),
            ["x", builder.Constant(random.Float(1, 20, 4)), builder.Constant(random.Float(1, 20, 5)), builder.Constant(random.Float(1, 40)), "", "hx", "cx"],
            ["y", "hn", "cn"]);
        return builder.Output("y", "hn", "cn").Build();
    }

    private protected static string Message(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    private IInferenceSession Load(OnnxModel model) => Backend.Load(model.ToBytes(), new InferenceOptions { Threads = 2 });
}
