using Toolkit.EdgeRuntime;
using Toolkit.EdgeRuntime.OnnxRuntime;
using Toolkit.Export.Quantization;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.Export.Tests.Quantization;

public class QuantizerTests
{
    [Fact]
    public void Stored_scales_weights_and_biases_are_what_the_formulas_give_to_the_bit()
    {
        OnnxModel model = ModelOf(
            [2], [Node(new Gemm(TransB: true), "gemm", ["x", "w", "b"], "h"), Node(new Relu(), "relu", ["h"], "r"), Node(new MatMul(), "last", ["r", "v"], "y")],
            ("w", Tensor.From<float>([2, 2], [0.5f, -1f, 0.25f, 0.1f])), ("b", Tensor.Vector<float>(0.3f, -0.2f)), ("v", Tensor.From<float>([2, 1], [1f, -3f])));
        var samples = new Dictionary<string, Tensor> { ["x"] = Tensor.From<float>([2, 2], [-1f, 1f, 2f, -0.5f]) };

        QuantizedModel quantized = Quantizer.Quantize(model, samples);

        OnnxGraph graph = quantized.Model.Graph;
        float sx = (float)(3.0 / 255);
        float[] sw = [1f / 127, 0.25f / 127];
        OnnxNode gemm = graph.Nodes.Single(node => node.Name == "gemm");
        OnnxNode input = Maker(graph, gemm.Inputs[0]);
        OnnxNode weight = Maker(graph, gemm.Inputs[1]);
        OnnxNode bias = Maker(graph, gemm.Inputs[2]);
        Assert.Equal(sx, graph.Initializers[input.Inputs[1]].As<float>().ToArray()[0]);
        Assert.Equal(-43, graph.Initializers[input.Inputs[2]].As<sbyte>().ToArray()[0]);
        Assert.Equal(sw, graph.Initializers[weight.Inputs[1]].As<float>().ToArray());
        Assert.Equal([64, -127, 127, 51], graph.Initializers[weight.Inputs[0]].As<sbyte>().ToArray().Select(code => (int)code));
        Assert.Equal(0, ((DequantizeLinear)weight.Operator).Axis);
        Assert.Equal([sx * sw[0], sx * sw[1]], graph.Initializers[bias.Inputs[1]].As<float>().ToArray());
        Assert.Equal(
            [(int)Math.Round(0.3f / (double)(sx * sw[0])), (int)Math.Round(-0.2f / (double)(sx * sw[1]))], graph.Initializers[bias.Inputs[0]].As<int>().ToArray());
        OnnxNode relu = graph.Nodes.Single(node => node.Name == "relu");
        Assert.Equal("gemm", Maker(graph, relu.Inputs[0]).Name);
        Assert.Equal("last", Maker(graph, "y").Name);
        Assert.Equal(1, ((DequantizeLinear)Maker(graph, graph.Nodes.Single(node => node.Name == "last").Inputs[1]).Operator).Axis);
        Assert.Equal("minmax", quantized.Model.Metadata["quantization_method"]);
        Assert.Equal("2", quantized.Model.Metadata["quantization_samples"]);
        Assert.Equal(64, quantized.Model.Metadata["quantization_data_sha256"].Length);
    }

    [Theory]
    [InlineData(CalibrationMethod.MinMax, ElementType.Int8)]
    [InlineData(CalibrationMethod.MovingAverage, ElementType.Int8)]
    [InlineData(CalibrationMethod.Percentile, ElementType.UInt8)]
    [InlineData(CalibrationMethod.Entropy, ElementType.Int8)]
    [InlineData(CalibrationMethod.MeanSquaredError, ElementType.UInt8)]
    public void A_residual_network_with_batch_normalization_stays_close_on_both_backends(CalibrationMethod method, ElementType type)
    {
        using var folder = new TemporaryFolder();
        OnnxModel model = Residual();
        var samples = new Dictionary<string, Tensor> { ["x"] = TestModels.Samples(64, 2, 6, 6) };
        var ort = new OnnxRuntimeBackend();
        IInferenceBackend[] backends = ort.UnavailableReason is null ? [new ManagedBackend(), ort] : [new ManagedBackend()];

        QuantizedModel quantized = Quantizer.Quantize(model, samples, new QuantizationOptions { Method = method, ActivationType = type });
        QuantizationReport report = QuantizationAnalysis.Measure(quantized, samples, _ => 1);
        QuantizedFile file = quantized.Save(folder["model.onnx"], backends, samples);

        Assert.DoesNotContain(quantized.Model.Graph.Nodes, node => node.Operator is BatchNormalization);
        Assert.InRange(report.SqnrDb, 15, 100);
        Assert.All(report.Layers, layer => Assert.InRange(layer.Cosine, 0.9, 1));
        Assert.Equal(backends.Length, file.Agreements.Count);
        Assert.True(File.Exists(folder["model.onnx"]));
        Assert.Equal("Relu", quantized.Layers.Single(layer => layer.Node == "conv1").Activation);
    }

    [Fact]
    public void Concat_inputs_and_max_pool_share_their_parameters()
    {
        QuantizedModel quantized = Quantizer.Quantize(Residual(), new Dictionary<string, Tensor> { ["x"] = TestModels.Samples(8, 2, 6, 6) });

        Assert.Equal(quantized.Parameters["joined"], quantized.Parameters["sum"]);
        Assert.Equal(quantized.Parameters["joined"], quantized.Parameters["r1"]);
        Assert.Equal(quantized.Parameters["joined"], quantized.Parameters["pooled"]);
        Assert.Equal(ElementType.Float32, quantized.Model.Graph.Inputs[0].ElementType);
    }

    [Fact]
    public void Every_reader_has_a_dequantize_of_its_own()
    {
        OnnxGraph graph = Quantizer.Quantize(Residual(), new Dictionary<string, Tensor> { ["x"] = TestModels.Samples(8, 2, 6, 6) }).Model.Graph;

        foreach (OnnxNode node in graph.Nodes.Where(node => node.Operator is DequantizeLinear))
        {
            Assert.Single(graph.Nodes.SelectMany(reader => reader.Inputs), input => input == node.Outputs[0]);
        }
    }

    [Fact]
    public void MatMul_and_Add_become_one_Gemm_and_an_excluded_node_stays_float()
    {
        OnnxModel model = ModelOf(
            [3], [Node(new MatMul(), "mm", ["x", "w"], "h"), Node(new Add(), "add", ["b", "h"], "g"), Node(new Relu(), "relu", ["g"], "r"), Node(new MatMul(), "mm2", ["r", "w"], "y")],
            ("w", TestModels.Samples(3, 3)), ("b", Tensor.Vector<float>(1, 2, 3)));
        var samples = new Dictionary<string, Tensor> { ["x"] = TestModels.Samples(9, 3) };

        QuantizedModel quantized = Quantizer.Quantize(model, samples, new QuantizationOptions { ExcludedNodes = ["mm2"] });

        Assert.IsType<Gemm>(quantized.Model.Graph.Nodes.Single(node => node.Name == "mm").Operator);
        Assert.Equal("excluded", quantized.Layers.Single(layer => layer.Node == "mm2").Reason);
        Assert.Contains("no_such", Assert.Throws<ArgumentException>(() => Quantizer.Quantize(model, samples, new QuantizationOptions { ExcludedNodes = ["no_such"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quantized_model_is_refused()
    {
        var samples = new Dictionary<string, Tensor> { ["x"] = TestModels.Samples(8, 2, 6, 6) };
        QuantizedModel quantized = Quantizer.Quantize(Residual(), samples);

        Assert.Contains("quantized already", Assert.Throws<OnnxModelException>(() => Quantizer.Quantize(quantized.Model, samples)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_that_are_empty_not_finite_or_of_another_shape_are_one_clear_error()
    {
        Tensor<float> bad = TestModels.Samples(4, 2, 6, 6);
        bad.Span[80] = float.NaN;

        Assert.Contains("empty set", Refusal(new Tensor<float>([0, 2, 6, 6])), StringComparison.Ordinal);
        Assert.Contains("NaN in sample 1", Refusal(bad), StringComparison.Ordinal);
        Assert.Contains("[4,3,6,6]", Refusal(TestModels.Samples(4, 3, 6, 6)), StringComparison.Ordinal);

        static string Refusal(Tensor samples) =>
            Assert.Throws<ArgumentException>(() => Quantizer.Quantize(Residual(), new Dictionary<string, Tensor> { ["x"] = samples })).Message;
    }

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(0f, 5f)]
    [InlineData(1e-30f, 1f)]
    public void A_layer_that_is_dead_constant_or_tiny_is_quantized_without_harm(float weight, float bias)
    {
        OnnxModel model = ModelOf(
            [2], [Node(new Gemm(), "a", ["x", "w", "b"], "h"), Node(new Relu(), "relu", ["h"], "r"), Node(new Gemm(), "last", ["r", "v", "c"], "y")],
            ("w", Tensor.From<float>([2, 2], [weight, weight, weight, weight])), ("b", Tensor.Vector<float>(bias, bias)),
            ("v", Tensor.From<float>([2, 1], [1f, 1f])), ("c", Tensor.Vector<float>(0.5f)));
        var samples = new Dictionary<string, Tensor> { ["x"] = TestModels.Samples(8, 2) };

        QuantizedModel quantized = Quantizer.Quantize(model, samples);

        using IInferenceSession session = new ManagedBackend().Load(quantized.Model.ToBytes());
        Assert.All(session.Run(samples)["y"].As<float>().ToArray(), value => Assert.Equal((2 * bias) + 0.5f, value, 0.05f));
        Assert.Equal(bias == 0, quantized.Warnings.Any(warning => warning.Contains("is 0 on every sample", StringComparison.Ordinal)));
        Assert.Equal(weight > 0, quantized.Warnings.Any(warning => warning.Contains("were raised", StringComparison.Ordinal)));
    }

    private static OnnxModel Residual() => ModelOf(
        [2, 6, 6],
        [
            Node(new Conv(Pads: [1, 1, 1, 1]), "conv1", ["x", "k1"], "c1"),
            Node(new BatchNormalization(), "bn", ["c1", "scale", "shift", "mean", "variance"], "n1"),
            Node(new Relu(), "relu1", ["n1"], "r1"),
            Node(new Conv(Pads: [1, 1, 1, 1]), "conv2", ["r1", "k1"], "c2"),
            Node(new Add(), "add", ["c2", "r1"], "sum"),
            Node(new Concat(1), "concat", ["sum", "r1"], "joined"),
            Node(new MaxPool([2, 2], [2, 2]), "pool", ["joined"], "pooled"),
            Node(new GlobalAveragePool(), "mean_pool", ["pooled"], "means"),
            Node(new Flatten(), "flatten", ["means"], "flat"),
            Node(new Gemm(), "gemm", ["flat", "w"], "y"),
        ],
        ("k1", Centred(2, 2, 3, 3)), ("scale", Tensor.Vector<float>(1.5f, 0.5f)), ("shift", Tensor.Vector<float>(0.1f, 0.2f)),
        ("mean", Tensor.Vector<float>(0.2f, -0.1f)), ("variance", Tensor.Vector<float>(0.5f, 2f)), ("w", Centred(4, 3)));

    private static Tensor<float> Centred(int count, params int[] shape)
    {
        Tensor<float> values = TestModels.Samples(count, shape);
        foreach (ref float value in values.Span)
        {
            value -= 0.4f;
        }

        return values;
    }

    private static OnnxNode Node(Operator @operator, string name, string[] inputs, string output) => new(name, @operator, inputs, [output]);

    private static OnnxNode Maker(OnnxGraph graph, string value) => graph.Nodes.Single(node => node.Outputs.Contains(value));

    private static OnnxModel ModelOf(int[] sample, OnnxNode[] nodes, params (string Name, Tensor Value)[] constants)
    {
        var graph = new OnnxGraph { Name = "test" };
        graph.Inputs.Add(new ValueInfo("x", ElementType.Float32, new SymbolicShape(["N", .. sample.Select(size => new Dimension(size))])));
        graph.Outputs.Add(new ValueInfo("y", ElementType.Float32, null));
        foreach ((string name, Tensor value) in constants)
        {
            graph.Initializers.Add(name, value);
        }

        foreach (OnnxNode node in nodes)
        {
            graph.Nodes.Add(node);
        }

        return new OnnxModel(graph);
    }
}
