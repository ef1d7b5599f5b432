using Toolkit.EdgeRuntime.Tests;
using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.OnnxRuntime.Tests;

public sealed class OnnxRuntimeSessionTests
{
    private static readonly ElementType[] ElementTypesOfOnnxRuntime =
    [
        ElementType.Float32, ElementType.UInt8, ElementType.Int8, ElementType.UInt16, ElementType.Int16, ElementType.Int32, ElementType.Int64,
        ElementType.String, ElementType.Bool, ElementType.Float16, ElementType.Float64, ElementType.UInt32, ElementType.UInt64, ElementType.BFloat16,
    ];

    public static TheoryData<ElementType> Types => [.. ElementTypesOfOnnxRuntime];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_element_type_goes_in_and_comes_out(ElementType type)
    {
        using IInferenceSession session = Identity(type);
        Tensor x = Sample(type);
        Tensor y = Tensor.Create(type, x.Shape);
        session.Run([x], [y]);
        Tensor named = session.Run(new Dictionary<string, Tensor> { ["x"] = x }).GetAt(0).Value;
        Elements.AssertClose(x, y, 0, 0);
        Elements.AssertClose(x, named, 0, 0);
    }

    [Fact]
    public void An_empty_batch_goes_in_and_comes_out()
    {
        using IInferenceSession session = new OnnxRuntimeBackend().Load(Networks.MnistMlp().ToBytes());
        session.Run([new Tensor<float>([0, 784])], [new Tensor<float>([0, 10])]);
        Assert.Equal(new Shape(0, 10), session.Run(new Dictionary<string, Tensor> { ["x"] = new Tensor<float>([0, 784]) }).GetAt(0).Value.Shape);
    }

    [Fact]
    public void Tensors_over_a_part_of_an_array_are_read_and_written_in_place()
    {
        using IInferenceSession session = Identity(ElementType.Float32);
        float[] source = [0, 0, 1, 2, 3, 4, 5, 6, 0];
        float[] target = new float[9];
        session.Run([new Tensor<float>([2, 3], source.AsMemory(2, 6))], [new Tensor<float>([2, 3], target.AsMemory(1, 6))]);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 0, 0], target);
    }

    [Fact]
    public void Inputs_are_checked_with_the_same_words_as_the_managed_engine()
    {
        byte[] model = Networks.MnistMlp().ToBytes();
        foreach (IInferenceBackend backend in new IInferenceBackend[] { new OnnxRuntimeBackend(), new ManagedBackend() })
        {
            using IInferenceSession session = backend.Load(model);
            Tensor output = new Tensor<float>([1, 10]);
            Assert.Contains("expected shape [N,784], got [1,783]", Message(() => session.Run([new Tensor<float>([1, 783])], [output])), StringComparison.Ordinal);
            Assert.Contains("expected rank 2", Message(() => session.Run([new Tensor<float>([784])], [output])), StringComparison.Ordinal);
            Assert.Contains("expected element type float32, got int32", Message(() => session.Run([new Tensor<int>([1, 784])], [output])), StringComparison.Ordinal);
            Assert.Contains("no such input", Message(() => session.Run(new Dictionary<string, Tensor> { ["y"] = new Tensor<float>([1, 784]) })), StringComparison.Ordinal);
            Assert.Contains("expected shape [1,10] for these inputs, got [2,10]", Message(() => session.Run([new Tensor<float>([1, 784])], [new Tensor<float>([2, 10])])), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_only_the_run_finds_out_is_one_line_about_the_inputs()
    {
        var builder = new ModelBuilder().Input("x", 3).Input("i", ElementType.Int64, new SymbolicShape(1));
        using IInferenceSession session = new OnnxRuntimeBackend().Load(builder.Output(builder.Node(new O.Gather(), "x", "i")).Build().ToBytes());
        string message = Message(() => session.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Vector(1f, 2f, 3f), ["i"] = Tensor.Vector(9L) }));
        Assert.Contains("indices", message, StringComparison.Ordinal);
        Assert.DoesNotContain("ErrorCode", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_file_is_a_model_exception_of_one_line()
    {
        byte[] good = Networks.MnistMlp().ToBytes();
        foreach (byte[] bytes in new byte[][] { [], [1, 2, 3], good[..1000], [.. Enumerable.Range(0, 500).Select(i => (byte)(i * 37))] })
        {
            OnnxModelException exception = Assert.Throws<OnnxModelException>(() => new OnnxRuntimeBackend().Load(bytes));
            Assert.DoesNotContain('\n', exception.Message);
        }
    }

    [Fact]
    public void A_file_beyond_the_limit_is_refused_before_it_is_parsed() => Assert.Contains(
        "MaxFileBytes",
        Assert.Throws<OnnxModelException>(() => new OnnxRuntimeBackend().Load(new byte[100], new InferenceOptions { Limits = new OnnxLimits { MaxFileBytes = 99 } })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void An_operator_that_nobody_knows_is_unsupported()
    {
        byte[] bytes = Networks.Mlp(1, [3, 2], [new O.Softplus()]).ToBytes();
        int at = bytes.AsSpan().IndexOf("Softplus"u8);
        "Softpluz"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().LastIndexOf("Softplus"u8)));
        "Softpluz"u8.CopyTo(bytes.AsSpan(at));
        UnsupportedOperatorException exception = Assert.Throws<UnsupportedOperatorException>(() => new OnnxRuntimeBackend().Load(bytes));
        Assert.Contains("Softpluz", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eight_threads_run_one_session_at_once()
    {
        using IInferenceSession session = new OnnxRuntimeBackend(allowSpinning: false).Load(Networks.MnistMlp().ToBytes(), new InferenceOptions { Threads = 2 });
        Tensor x = new RandomTensors(1).Float(4, 784);
        Tensor expected = session.Run(new Dictionary<string, Tensor> { ["x"] = x }).GetAt(0).Value;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            Tensor y = new Tensor<float>([4, 10]);
            for (int round = 0; round < 50; round++)
            {
                session.Run([x], [y]);
                Elements.AssertClose(expected, y);
            }
        })));
    }

    [Fact]
    public void Metadata_comes_from_the_model()
    {
        OnnxModel model = Networks.MnistMlp();
        model.Metadata["recipe"] = "mnist-mlp";
        using IInferenceSession session = new OnnxRuntimeBackend().Load(model.ToBytes());
        Assert.Equal(("ort", "mnist-mlp"), (session.Backend, session.Metadata["recipe"]));
    }

    private static string Message(Action action)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(action);
        Assert.DoesNotContain('\n', exception.Message);
        return exception.Message;
    }

    private static IInferenceSession Identity(ElementType type)
    {
        var builder = new ModelBuilder().Input("x", type, new SymbolicShape("N", "M"));
        return new OnnxRuntimeBackend().Load(builder.Output(builder.Node(new O.Identity(), "x")).Build().ToBytes());
    }

    private static Tensor Sample(ElementType type) => type switch
    {
        ElementType.String => Tensor.From([2, 3], "a", "", "ü", "longer than the others", "e", "f"),
        ElementType.BFloat16 => Tensor.From([2, 3], Array.ConvertAll(new float[] { 0, 1, -2, 3.5f, 100, 0.5f }, x => (BFloat16)x)),
        ElementType.Bool => Tensor.From([2, 3], true, false, false, true, true, false),
        _ => Elements.From(type, [2, 3], [0, 1, 2, 3, 100, 7]),
    };
}
