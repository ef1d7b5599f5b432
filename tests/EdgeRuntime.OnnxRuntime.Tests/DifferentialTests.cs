using Toolkit.EdgeRuntime.Tests;
using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.OnnxRuntime.Tests;

/// <summary>The same model and inputs on ONNX Runtime and on the managed engine.</summary>
public sealed class DifferentialTests
{
    // The first in which the axes of every reduction are an input, strings can be compared and bools be reduced.
    private const long Opset = 20;

    // What ONNX Runtime 1.31 has no CPU kernel for.
    private static readonly string[] Gaps = ["AveragePool float64", "Conv float64", "Erf float64", "Gelu float64", "HardSwish float64", .. OnnxRuntimeGaps.All];

    public static TheoryData<string> Cases => [.. OperatorCases.All.Where(@case => @case.OnnxRuntimeGap is null).Select(@case => @case.Name).Except(Gaps)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ONNX_Runtime_agrees_with_what_the_managed_engine_gives(string name)
    {
        OperatorCase @case = OperatorCases.Get(name);
        byte[] model = ToBytes(@case);
        using IInferenceSession ort = new OnnxRuntimeBackend().Load(model, new InferenceOptions { Threads = 1 });
        using IInferenceSession managed = new ManagedBackend().Load(model, new InferenceOptions { Threads = 1 });
        OrderedDictionary<string, Tensor> expected = ort.Run(@case.Feeds());
        foreach ((string output, Tensor actual) in managed.Run(@case.Feeds()))
        {
            Elements.AssertClose(expected[output], actual, 1e-5, 1e-5);
        }
    }

    [Fact]
    public void What_is_listed_as_a_gap_of_ONNX_Runtime_is_one() => Assert.All(
        Gaps, name => Assert.True(Record.Exception(() => new OnnxRuntimeBackend().Load(ToBytes(OperatorCases.Get(name)))) is UnsupportedOperatorException or OnnxModelException, name));

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Probabilities_of_support_vectors_agree(int classes)
    {
        var tensors = new RandomTensors(classes);
        ValueList<float> Numbers(int count) => new(tensors.Float(count).Span);
        int pairs = classes * (classes - 1) / 2;
        var op = new O.SVMClassifier(
            new O.SvmKernel(O.SvmKernelKind.Rbf, 0.4f), Numbers((classes - 1) * 3 * classes), Numbers(pairs), Numbers(3 * classes * 5), new IntList([.. Enumerable.Repeat(3L, classes)]),
            new IntList([.. Enumerable.Range(0, classes).Select(i => (long)i)]), null, Numbers(pairs), Numbers(pairs));
        var @case = new OperatorCase("probabilities", op, [tensors.Float(20, 5)], Tensor.Scalar(0f)) { Others = [Tensor.Scalar(0f)] };
        byte[] model = ToBytes(@case);
        using IInferenceSession ort = new OnnxRuntimeBackend().Load(model);
        using IInferenceSession managed = new ManagedBackend().Load(model);
        OrderedDictionary<string, Tensor> expected = ort.Run(@case.Feeds());
        foreach ((string output, Tensor actual) in managed.Run(@case.Feeds()))
        {
            Elements.AssertClose(expected[output], actual, 1e-4, 1e-4);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    public void Random_networks_agree_to_1e_5(int batch)
    {
        var random = new Random(batch);
        for (int round = 0; round < 12; round++)
        {
            int layers = random.Next(1, 5);
            int[] sizes = [.. Enumerable.Range(0, layers + 1).Select(_ => random.Next(1, 200))];
            Operator[] activations = [.. Enumerable.Range(0, layers).Select(layer => layer == layers - 1 ? new O.Softmax() : Activation(random.Next(6)))];
            byte[] model = Networks.Mlp(round, sizes, activations, asMatMul: random.Next(2) == 0).ToBytes();
            AssertAgree(model, new() { ["x"] = new RandomTensors(round).Float(batch, sizes[0]) });
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_network_with_branches_agrees(int batch) => AssertAgree(Networks.Branched().ToBytes(), new() { ["x"] = new RandomTensors(7).Float(batch, 4, 6) });

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_network_of_convolutions_agrees(int batch) =>
        AssertAgree(Networks.Convolutional().ToBytes(), new() { ["x"] = new RandomTensors(7).Float(batch, 3, 16, 12) });

    [Fact]
    public void Shapes_agree_where_both_know_them()
    {
        byte[] model = Networks.MnistMlp().ToBytes();
        using IInferenceSession ort = new OnnxRuntimeBackend().Load(model);
        using IInferenceSession managed = new ManagedBackend().Load(model);
        Assert.Equal(managed.InferOutputShapes([[5, 784]]), ort.InferOutputShapes([[5, 784]]));
        Assert.Equal(managed.Inputs, ort.Inputs);
        Assert.Equal(managed.Outputs, ort.Outputs);
    }

    // In the opset of the tests, or the first that has the operator.
    private static byte[] ToBytes(OperatorCase @case) =>
        @case.ToModel(constants: false, Opset).ToBytes();

    private static Operator Activation(int choice) => choice switch
    {
        0 => new O.Relu(),
        1 => new O.Sigmoid(),
        2 => new O.Tanh(),
        3 => new O.Elu(),
        4 => new O.LeakyRelu(0.1f),
        _ => new O.Identity(),
    };

    private static void AssertAgree(byte[] model, Dictionary<string, Tensor> inputs)
    {
        using IInferenceSession ort = new OnnxRuntimeBackend().Load(model, new InferenceOptions { Threads = 2 });
        using IInferenceSession managed = new ManagedBackend().Load(model, new InferenceOptions { Threads = 2 });
        OrderedDictionary<string, Tensor> expected = ort.Run(inputs);
        foreach ((string name, Tensor actual) in managed.Run(inputs))
        {
            Elements.AssertClose(expected[name], actual, 1e-5, 1e-5);
        }
    }
}
