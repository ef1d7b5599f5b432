using Toolkit.EdgeRuntime.Tests;
using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.OnnxRuntime.Tests;

/// <summary>Models with QuantizeLinear and DequantizeLinear on ONNX Runtime and on the managed engine.</summary>
public sealed class QuantizedModelTests
{
    // ONNX Runtime computes these by rougher arithmetic than the specification's, or drops what it may not: a step or two apart.
    private static readonly string[] Rough = ["Softmax", "Resize linear"];

    // Its first output is float32, which each computes in its own way.
    private const string WithFloatOutput = "A result with a second reader stays float";

    public static TheoryData<string> Names => [.. QuantizedModels.All.Select(model => model.Name).Except(Rough)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_quantized_model_gives_what_ONNX_Runtime_gives(string name)
    {
        QuantizedModel @case = QuantizedModels.Get(name);
        byte[] model = @case.Model.ToBytes();
        using IInferenceSession ort = new OnnxRuntimeBackend().Load(model, new InferenceOptions { Threads = 1 });
        using IInferenceSession managed = new ManagedBackend().Load(model, new InferenceOptions { Threads = 1 });
        Dictionary<string, Tensor> feeds = @case.Feeds();
        OrderedDictionary<string, Tensor> expected = ort.Run(feeds);
        foreach ((string output, Tensor actual) in managed.Run(feeds))
        {
            QuantizedModels.AssertWithinSteps(expected[output], actual, name == WithFloatOutput ? @case.Step : 0);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sums_and_products_of_all_codes_agree(bool isProduct)
    {
        var x = new Tensor<byte>([256, 1]);
        var y = new Tensor<byte>([1, 256]);
        for (int i = 0; i < 256; i++)
        {
            (x.Span[i], y.Span[i]) = ((byte)i, (byte)i);
        }

        Operator op = isProduct ? new O.QLinearMul() : new O.QLinearAdd();
        var @case = new OperatorCase(
            "all", op, [x, Tensor.Scalar(0.0173f), Tensor.Scalar((byte)77), y, Tensor.Scalar(0.0291f), Tensor.Scalar((byte)130), Tensor.Scalar(0.0331f), Tensor.Scalar((byte)121)], x);
        byte[] model = @case.ToModel(constants: false).ToBytes();
        using IInferenceSession ort = new OnnxRuntimeBackend().Load(model, new InferenceOptions { Threads = 1 });
        using IInferenceSession managed = new ManagedBackend().Load(model, new InferenceOptions { Threads = 1 });
        byte[] expected = ort.Run(@case.Feeds()).GetAt(0).Value.As<byte>().ToArray();
        byte[] actual = managed.Run(@case.Feeds()).GetAt(0).Value.As<byte>().ToArray();
        int different = Enumerable.Range(0, expected.Length).Count(i => expected[i] != actual[i]);
        Assert.True(different == 0, $"{different} of {expected.Length} differ");
    }
}
