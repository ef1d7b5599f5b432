using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Operators = Toolkit.Onnx.Operators;

namespace Toolkit.Trainer.Tests.Autograd.Functions;

public class EmitTests
{
    [Fact]
    public void Functions_of_one_operator_emit_that_operator()
    {
        AssertEmits(AddFunction.Instance, ["a", "b"], (new Operators.Add(), ["a", "b"]));
        AssertEmits(SubFunction.Instance, ["a", "b"], (new Operators.Sub(), ["a", "b"]));
        AssertEmits(MulFunction.Instance, ["a", "b"], (new Operators.Mul(), ["a", "b"]));
        AssertEmits(DivFunction.Instance, ["a", "b"], (new Operators.Div(), ["a", "b"]));
        AssertEmits(MatMulFunction.Instance, ["a", "b"], (new Operators.MatMul(), ["a", "b"]));
        AssertEmits(ReluFunction.Instance, ["x"], (new Operators.Relu(), ["x"]));
        AssertEmits(SigmoidFunction.Instance, ["x"], (new Operators.Sigmoid(), ["x"]));
        AssertEmits(TanhFunction.Instance, ["x"], (new Operators.Tanh(), ["x"]));
        AssertEmits(IdentityFunction.Instance, ["x"], (new Operators.Identity(), ["x"]));
        AssertEmits(SoftmaxFunction.Instance, ["x"], (new Operators.Softmax(Axis: -1), ["x"]));
        AssertEmits(FlattenFunction.Instance, ["x"], (new Operators.Flatten(Axis: 1), ["x"]));
        AssertEmits(new GemmFunction(), ["x", "w", "b"], (new Operators.Gemm(), ["x", "w", "b"]));
        AssertEmits(new GemmFunction(), ["x", "w"], (new Operators.Gemm(), ["x", "w"]));
    }

    [Fact]
    public void A_fused_dense_layer_emits_the_product_and_the_activation()
    {
        AssertEmits(new GemmFunction(ActivationKind.Relu), ["x", "w", "b"], (new Operators.Gemm(), ["x", "w", "b"]), (new Operators.Relu(), ["Gemm0"]));
        AssertEmits(new GemmFunction(ActivationKind.Sigmoid), ["x", "w", "b"], (new Operators.Gemm(), ["x", "w", "b"]), (new Operators.Sigmoid(), ["Gemm0"]));
        AssertEmits(new GemmFunction(ActivationKind.Tanh), ["x", "w", "b"], (new Operators.Gemm(), ["x", "w", "b"]), (new Operators.Tanh(), ["Gemm0"]));
    }

    [Fact]
    public void A_convolution_emits_every_attribute_and_its_activation()
    {
        AssertEmits(
            new ConvFunction(new Operators.Conv(Strides: [2, 1], Pads: [0, 1, 1, 2], Group: 2), ActivationKind.Relu),
            ["x", "w", "b"],
            [[1, 4, 7, 7], [6, 2, 3, 5], [6]],
            (new Operators.Conv([3, 5], [2, 1], [0, 1, 1, 2], [1, 1], 2), ["x", "w", "b"]),
            (new Operators.Relu(), ["Conv0"]));
        AssertEmits(new ConvFunction(new Operators.Conv()), ["x", "w"], [[1, 2, 9], [3, 2, 4]], (new Operators.Conv([4], [1], [0, 0], [1], 1), ["x", "w"]));
        AssertEmits(
            new ConvTransposeFunction(new Operators.ConvTranspose(Strides: [2, 2], OutputPadding: [1, 0]), ActivationKind.Sigmoid),
            ["x", "w"],
            [[1, 4, 7, 7], [4, 3, 3, 3]],
            (new Operators.ConvTranspose([3, 3], [2, 2], [0, 0, 0, 0], [1, 1], 1, [1, 0]), ["x", "w"]),
            (new Operators.Sigmoid(), ["ConvTranspose0"]));
    }

    [Fact]
    public void Step_emits_a_comparison_with_zero_and_a_cast()
    {
        RecordingSink sink = AssertEmits(StepFunction.Instance, ["x"], (new Operators.Greater(), ["x", "zero"]), (new Operators.Cast(ElementType.Float32), ["Greater0"]));

        Assert.Equal([0f], sink.Constants["zero"].As<float>().ToArray());
    }

    [Fact]
    public void Reshape_copies_the_size_of_the_batch()
    {
        RecordingSink sink = AssertEmits(new ReshapeFunction([6, 2]), ["x"], (new Operators.Reshape(), ["x", "shape"]));

        Assert.Equal([0L, 6, 2], sink.Constants["shape"].As<long>().ToArray());
    }

    [Fact]
    public void Dropout_emits_nothing()
    {
        var sink = new RecordingSink();

        Assert.Equal("x", new DropoutFunction(0.5f, 1, 1).Emit(sink, ["x"], [[1, 4]]));
        Assert.Empty(sink.Nodes);
    }

    [Fact]
    public void Losses_cannot_be_exported()
    {
        Function[] losses = [.. FunctionCases.All.Select(item => item.Function).Where(function => function is LossFunction).DistinctBy(function => function.GetType())];

        Assert.Equal(typeof(LossFunction).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(LossFunction)) && !type.IsAbstract), losses.Length);
        Assert.All(losses, loss =>
            Assert.Contains("training only", Assert.Throws<NotSupportedException>(() => loss.Emit(new RecordingSink(), ["y", "t"], [[1, 2], [1, 2]])).Message, StringComparison.Ordinal));
    }

    private static RecordingSink AssertEmits(Function function, string[] inputs, params (Operator Operator, string[] Inputs)[] expected) =>
        AssertEmits(function, inputs, [.. inputs.Select(_ => new Shape(1, 12))], expected);

    private static RecordingSink AssertEmits(Function function, string[] inputs, Shape[] shapes, params (Operator Operator, string[] Inputs)[] expected)
    {
        var sink = new RecordingSink();
        string output = function.Emit(sink, inputs, shapes);

        Assert.Equal(expected.Select(node => node.Operator), sink.Nodes.Select(node => node.Operator));
        Assert.All(expected.Zip(sink.Nodes), pair => Assert.Equal(pair.First.Inputs, pair.Second.Inputs));
        Assert.Equal($"{sink.Nodes[^1].Operator.OpType}{sink.Nodes.Count - 1}", output);
        return sink;
    }

    private sealed class RecordingSink : IOperatorSink
    {
        public List<(Operator Operator, string[] Inputs)> Nodes { get; } = [];

        public Dictionary<string, Tensor> Constants { get; } = [];

        public string Add(Operator operatorRecord, params ReadOnlySpan<string> inputs)
        {
            Nodes.Add((operatorRecord, inputs.ToArray()));
            return $"{operatorRecord.OpType}{Nodes.Count - 1}";
        }

        public string Constant(string suffix, Tensor value)
        {
            Constants.Add(suffix, value);
            return suffix;
        }
    }
}
