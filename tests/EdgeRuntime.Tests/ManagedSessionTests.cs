using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

public sealed class ManagedSessionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    public void Run_allocates_nothing_after_the_first_run_of_a_shape(int batch)
    {
        using ManagedSession session = ManagedBackend.Compile(Networks.MnistMlp(), new InferenceOptions { Threads = 1 });
        Tensor[] inputs = [new RandomTensors(2).Float(batch, 784)];
        Tensor[] outputs = [new Tensor<float>([batch, 10])];
        session.Run(inputs, outputs);
        session.Run(inputs, outputs);
        TestAllocations.AssertNone(() => session.Run(inputs, outputs));
    }

    [Fact]
    public void Run_allocates_nothing_in_a_graph_with_branches_views_and_scratch()
    {
        using ManagedSession session = ManagedBackend.Compile(Networks.Branched(), new InferenceOptions { Threads = 1 });
        Tensor[] inputs = [new RandomTensors(2).Float(3, 4, 6)];
        Tensor[] outputs = [.. session.InferOutputShapes([inputs[0].Shape]).Select((shape, i) => Tensor.Create(session.Outputs[i].ElementType, shape!.Value))];
        session.Run(inputs, outputs);
        session.Run(inputs, outputs);
        TestAllocations.AssertNone(() => session.Run(inputs, outputs));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Run_allocates_nothing_in_a_network_of_convolutions(int batch)
    {
        using ManagedSession session = ManagedBackend.Compile(Networks.Convolutional(), new InferenceOptions { Threads = 1 });
        Tensor[] inputs = [new RandomTensors(2).Float(batch, 3, 16, 12)];
        Tensor[] outputs = [new Tensor<float>([batch, 5])];
        session.Run(inputs, outputs);
        session.Run(inputs, outputs);
        TestAllocations.AssertNone(() => session.Run(inputs, outputs));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Results_do_not_depend_on_the_number_of_threads(bool convolutional)
    {
        Tensor x = convolutional ? new RandomTensors(3).Float(16, 3, 16, 12) : new RandomTensors(3).Float(128, 784);
        byte[][] results = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            using ManagedSession session = ManagedBackend.Compile(convolutional ? Networks.Convolutional() : Networks.MnistMlp(), new InferenceOptions { Threads = threads });
            return session.Run(new Dictionary<string, Tensor> { ["x"] = x }).GetAt(0).Value.Bytes.ToArray();
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public async Task Eight_threads_run_one_session_at_once()
    {
        using ManagedSession session = ManagedBackend.Compile(Networks.Branched(), new InferenceOptions { Threads = 2 });
        Tensor[] inputs = [.. Enumerable.Range(0, 8).Select(i => (Tensor)new RandomTensors(i).Float(1 + (i % 3), 4, 6))];
        Tensor[] expected = [.. inputs.Select(x => session.Run(new Dictionary<string, Tensor> { ["x"] = x }).GetAt(0).Value)];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
        {
            for (int round = 0; round < 200; round++)
            {
                Tensor result = session.Run(new Dictionary<string, Tensor> { ["x"] = inputs[i] }).GetAt(0).Value;
                Assert.Equal(expected[i].Bytes.ToArray(), result.Bytes.ToArray());
            }
        })));
    }

    [Fact]
    public void An_empty_batch_gives_an_empty_result()
    {
        using ManagedSession session = ManagedBackend.Compile(Networks.MnistMlp());
        Assert.Equal(new Shape(0, 10), session.Run(new Dictionary<string, Tensor> { ["x"] = new Tensor<float>([0, 784]) }).GetAt(0).Value.Shape);
    }

    [Fact]
    public void A_strided_view_is_read_as_what_it_shows()
    {
        using ManagedSession session = ManagedBackend.Compile(Networks.Mlp(1, [3, 2], [new O.Relu()]));
        Tensor<float> wide = new RandomTensors(4).Float(3, 5);
        Tensor view = wide.Transpose();
        Tensor fromView = session.Run(new Dictionary<string, Tensor> { ["x"] = view }).GetAt(0).Value;
        Tensor fromCopy = session.Run(new Dictionary<string, Tensor> { ["x"] = view.Contiguous() }).GetAt(0).Value;
        Assert.False(view.IsContiguous);
        Elements.AssertClose(fromCopy, fromView);
    }

    [Fact]
    public void Output_shapes_are_known_before_the_run()
    {
        using ManagedSession session = ManagedBackend.Compile(Networks.Branched());
        Assert.Equal([new Shape(5, 6, 2), new Shape(5, 2), new Shape(5, 24)], session.InferOutputShapes([[5, 4, 6]]).Select(shape => shape!.Value));
    }

    [Fact]
    public void A_shape_that_depends_on_values_is_computed_at_run_time()
    {
        var builder = new ModelBuilder().Input("x", "N", 6).Input("shape", ElementType.Int64, new SymbolicShape(3));
        string flat = builder.Node(new O.Reshape(), builder.Node(new O.Relu(), "x"), "shape");
        using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(new O.Neg(), flat)).Build());
        Tensor x = new RandomTensors(1).Positive(2, 6);
        foreach (long[] shape in new long[][] { [3, 2, 2], [1, 12, 1], [2, -1, 3] })
        {
            Tensor y = session.Run(new Dictionary<string, Tensor> { ["x"] = x, ["shape"] = Tensor.Vector<long>(shape) }).GetAt(0).Value;
            Assert.Equal(Array.ConvertAll(shape, size => size < 0 ? 2 : (int)size), y.Shape.Dimensions.ToArray());
            Elements.AssertClose(Reference.Map(x, v => -v).Reshape(y.Shape), y);
        }

        Assert.Null(session.InferOutputShapes([[2, 6], [3]])[0]);
        Tensor into = new Tensor<float>([3, 4, 1]);
        session.Run([x, Tensor.Vector(3L, 4L, 1L)], [into]);
        Elements.AssertClose(Reference.Map(x, v => -v).Reshape([3, 4, 1]), into);
        Assert.Throws<ArgumentException>(() => session.Run([x, Tensor.Vector(5L, 4L, 1L)], [into]));
    }

    [Fact]
    public void An_output_that_is_an_input_a_constant_or_named_twice_is_the_callers_own_copy()
    {
        var builder = new ModelBuilder().Input("x", 2);
        string constant = builder.Constant(Tensor.Vector(7f));
        string y = builder.Node(new O.Neg(), "x");
        string same = builder.Node(new O.Identity(), "x");
        string copied = builder.Node(new O.Identity(), constant);
        using ManagedSession session = ManagedBackend.Compile(builder.Output(same, copied, y, builder.Node(new O.Identity(), y)).Build());
        Tensor<float> x = Tensor.Vector(1f, 2f);
        OrderedDictionary<string, Tensor> results = session.Run(new Dictionary<string, Tensor> { ["x"] = x });
        Assert.Equal([1f, 2f], results.GetAt(0).Value.As<float>().ToArray());
        Assert.Equal([7f], results.GetAt(1).Value.As<float>().ToArray());
        Assert.Equal([-1f, -2f], results.GetAt(2).Value.As<float>().ToArray());
        Assert.Equal([-1f, -2f], results.GetAt(3).Value.As<float>().ToArray());
        results.GetAt(0).Value.As<float>().Span[0] = 99;
        results.GetAt(1).Value.As<float>().Span[0] = 99;
        Assert.Equal(1f, x.Span[0]);
        Assert.Equal(7f, session.Run(new Dictionary<string, Tensor> { ["x"] = x }).GetAt(1).Value.As<float>().Span[0]);
    }

    [Fact]
    public void Metadata_and_signature_come_from_the_model()
    {
        OnnxModel model = Networks.MnistMlp();
        model.Metadata["classes"] = "0,1";
        using IInferenceSession session = new ManagedBackend().Load(model.ToBytes());
        Assert.Equal("managed", session.Backend);
        Assert.Equal("0,1", session.Metadata["classes"]);
        Assert.Equal("x float32 [N,784]", session.Inputs[0].ToString());
        Assert.Equal(new SymbolicShape("N", 10), session.Outputs[0].Shape);
    }

    [Fact]
    public void A_disposed_session_says_so()
    {
        ManagedSession session = ManagedBackend.Compile(Networks.MnistMlp(), new InferenceOptions { Threads = 2 });
        session.Dispose();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Run(new Dictionary<string, Tensor>()));
    }

    [Fact]
    public void Negative_threads_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ManagedBackend.Compile(Networks.MnistMlp(), new InferenceOptions { Threads = -1 }));
}
