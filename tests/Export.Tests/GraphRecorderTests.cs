using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Trainer;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Layers;

namespace Toolkit.Export.Tests;

public class GraphRecorderTests
{
    [Fact]
    public void A_classifier_becomes_the_graph_that_its_layers_spell_out()
    {
        OnnxGraph graph = TestModels.Classifier().ToOnnx().Graph;

        Assert.Equal(
            [
                "Flatten '/flatten/Flatten': input -> /flatten/Flatten_output_0",
                "Gemm '/hidden/Gemm': /flatten/Flatten_output_0, hidden.kernel, hidden.bias -> /hidden/Gemm_output_0",
                "Relu '/hidden/Relu': /hidden/Gemm_output_0 -> /hidden/Relu_output_0",
                "Gemm '/classes/Gemm': /hidden/Relu_output_0, classes.kernel, classes.bias -> /classes/Gemm_output_0",
                "Softmax '/classes/Softmax': /classes/Gemm_output_0 -> output",
            ],
            graph.Nodes.Select(Describe));
        Assert.Equal(["input float32 [N,1,4,4]"], graph.Inputs.Select(value => value.ToString()));
        Assert.Equal(["output float32 [N,3]"], graph.Outputs.Select(value => value.ToString()));
        Assert.Equal(
            ["hidden.kernel [16,5]", "hidden.bias [5]", "classes.kernel [5,3]", "classes.bias [3]"],
            graph.Initializers.Select(pair => $"{pair.Key} {pair.Value.Shape}"));
    }

    [Fact]
    public void Initializers_hold_the_trainers_values()
    {
        Sequential model = TestModels.Classifier();

        OnnxGraph graph = model.ToOnnx().Graph;

        foreach ((string name, Tensor<float> value) in model.GetWeights())
        {
            Assert.Equal(value.ToArray(), graph.Initializers[name].As<float>().ToArray());
        }
    }

    [Fact]
    public void A_repeated_operator_of_one_layer_gets_a_number()
    {
        OnnxGraph graph = GraphRecorder.Record(TraceOf(new TwiceNegated()), "twice");

        Assert.Equal(
            ["Neg '/layer/Neg': input -> /layer/Neg_output_0", "Neg '/layer/Neg_1': /layer/Neg_output_0 -> output"],
            graph.Nodes.Select(Describe));
    }

    [Fact]
    public void Constants_of_a_layer_become_initializers_under_its_path()
    {
        OnnxGraph graph = GraphRecorder.Record(TraceOf(new PlusOne()), "plus");

        Assert.Equal(["/layer/one"], graph.Initializers.Keys);
        Assert.Equal(["Add '/layer/Add': input, /layer/one -> output"], graph.Nodes.Select(Describe));
    }

    [Fact]
    public void A_model_that_ends_in_dropout_gets_no_dropout_node()
    {
        var model = new Sequential(new Dense(2, name: "dense"), new Dropout(0.5));
        model.Build([3]);

        OnnxGraph graph = model.ToOnnx().Graph;

        Assert.Equal(["Gemm '/dense/Gemm': input, dense.kernel, dense.bias -> output"], graph.Nodes.Select(Describe));
    }

    [Fact]
    public void A_model_that_passes_its_input_through_is_an_identity()
    {
        var model = new Sequential(new Dropout(0.5));
        model.Build([3]);

        OnnxGraph graph = model.ToOnnx().Graph;

        Assert.Equal(["Identity '/output/Identity': input -> output"], graph.Nodes.Select(Describe));
    }

    [Fact]
    public void One_value_under_two_output_names_is_copied()
    {
        InferenceTrace trace = TraceOf(new TwiceNegated());

        OnnxGraph graph = GraphRecorder.Record(trace with { Outputs = [("first", 1), ("second", 1)] }, "two");

        Assert.Equal(["first", "second"], graph.Outputs.Select(output => output.Name));
        Assert.All(graph.Outputs, output => Assert.Single(graph.Nodes, node => node.Outputs.Contains(output.Name)));
    }

    [Fact]
    public void A_name_that_is_used_twice_is_refused()
    {
        InferenceTrace trace = TraceOf(new TwiceNegated());

        var exception = Assert.Throws<InvalidOperationException>(() => GraphRecorder.Record(trace with { Outputs = [("input", 1)] }, "clash"));

        Assert.Contains("'input'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_has_not_been_built_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => new Sequential(new Dense(2)).ToOnnx());

    private static string Describe(OnnxNode node) => $"{node}: {string.Join(", ", node.Inputs)} -> {string.Join(", ", node.Outputs)}";

    private static InferenceTrace TraceOf(Function function) => new(
        [new TraceValue("input", TraceValueKind.Input, [1, 2], null), new TraceValue("", TraceValueKind.Intermediate, [1, 2], null)],
        [new TraceStep("layer", function, [0], 1)],
        [0],
        [("output", 1)]);

    private abstract class ExportedOnly : Function
    {
        public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0];

        public override void Forward<T>(in FunctionContext<T> context) => throw new NotSupportedException();

        public override void Backward<T>(in FunctionContext<T> context) => throw new NotSupportedException();
    }

    private sealed class TwiceNegated : ExportedOnly
    {
        public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes) =>
            sink.Add(new Onnx.Operators.Neg(), sink.Add(new Onnx.Operators.Neg(), inputs));
    }

    private sealed class PlusOne : ExportedOnly
    {
        public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes) =>
            sink.Add(new Onnx.Operators.Add(), inputs[0], sink.Constant("one", Tensor.Vector(1f)));
    }
}
