using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Operators = Toolkit.Onnx.Operators;

namespace Toolkit.Trainer.Tests.Autograd.Functions;

/// <summary>What poolings, normalizations and activations write, where Keras's conventions and ONNX's defaults differ above all.</summary>
public class NetworkEmitTests
{
    private static readonly Shape Image = [1, 2, 5, 5];

    [Fact]
    public void Poolings_write_explicit_pads_the_odd_one_at_the_end_and_leave_them_out_of_means()
    {
        Assert.Equal(
            [new Operators.MaxPool([2, 2], [2, 2], [0, 0, 1, 1], [1, 1])],
            Emit(new MaxPoolFunction(PoolingAxis.Same(5, 2, 2), PoolingAxis.Same(5, 2, 2)), Image));
        Assert.Equal(
            [new Operators.AveragePool([2, 2], [2, 2], [0, 0, 1, 1], CountIncludePad: false)],
            Emit(new AveragePoolFunction(PoolingAxis.Same(5, 2, 2), PoolingAxis.Same(5, 2, 2)), Image));
        Assert.Equal([new Operators.MaxPool([3], [3], [0, 0], [1])], Emit(new MaxPoolFunction(null, new(7, 3, 3)), new Shape(1, 2, 7)));
    }

    [Fact]
    public void Global_poolings_lose_their_axes_in_a_Flatten()
    {
        Assert.Equal([new Operators.GlobalAveragePool(), new Operators.Flatten(1)], Emit(new GlobalAveragePoolFunction(), Image));
        Assert.Equal([new Operators.GlobalMaxPool()], Emit(new GlobalMaxPoolFunction(keepDims: true), Image));
    }

    [Fact]
    public void Normalizations_write_their_epsilon_and_momentum()
    {
        Assert.Equal([new Operators.BatchNormalization(1e-3f, 0.99f)], Emit(new BatchNormalizationFunction(), Image, [2], [2], [2], [2]));
        Assert.Equal([new Operators.LayerNormalization(3, 1e-3f)], Emit(new LayerNormalizationFunction(), Image, [5], [5]));
    }

    [Fact]
    public void Activations_write_Kerass_slopes()
    {
        Assert.Equal([new Operators.HardSigmoid(1 / 6f, 0.5f)], Emit(HardSigmoidFunction.Instance, Image));
        Assert.Equal([new Operators.LeakyRelu(0.3f)], Emit(new LeakyReluFunction(0.3f), Image));
        Assert.Equal([new Operators.Elu(1)], Emit(new EluFunction(), Image));
        Assert.Equal([new Operators.Selu()], Emit(SeluFunction.Instance, Image));
    }

    [Fact]
    public void What_opset_17_lacks_is_written_as_its_formula()
    {
        Assert.Equal(["Div", "Erf", "Add", "Mul", "Mul"], Names(GeluFunction.Instance));
        Assert.Equal(["Mul", "Mul", "Add", "Mul", "Mul", "Tanh", "Add", "Mul", "Mul"], Names(GeluTanhFunction.Instance));
        Assert.Equal(["Sigmoid", "Mul"], Names(SiluFunction.Instance));
        Assert.Equal(["Abs", "Add", "Div"], Names(SoftsignFunction.Instance));
        Assert.Equal(["Mul"], Names(SquareFunction.Instance));
        Assert.Equal(["Mul", "Add"], Names(new AffineFunction(2, 3)));
        Assert.Equal(["Add"], Names(new AffineFunction(1, 3)));
    }

    [Fact]
    public void Resizing_writes_the_coordinates_that_Keras_has()
    {
        Assert.Equal(
            [new Operators.Resize(Operators.ResizeMode.Nearest, Operators.CoordinateTransformation.Asymmetric, Operators.NearestMode.Floor)],
            Emit(new ResizeFunction(2, 2), Image));
        Assert.Equal([new Operators.Resize(Operators.ResizeMode.Linear, Operators.CoordinateTransformation.HalfPixel)], Emit(new ResizeFunction(2, 2, isBilinear: true), Image));
    }

    [Fact]
    public void Moving_functions_write_their_operators()
    {
        Assert.Equal([new Operators.Cast(ElementType.Int64), new Operators.Gather(0)], Emit(new GatherFunction(), [9, 4], [1, 3]));
        Assert.Equal([new Operators.Transpose([0, 2, 3, 1])], Emit(new TransposeFunction(0, 2, 3, 1), Image));
        Assert.Equal([new Operators.Concat(3)], Emit(new ConcatFunction(-1), Image, Image));
        Assert.Equal([new Operators.Slice()], Emit(new SliceFunction(1, 0, 1), Image));
        Assert.Equal([new Operators.Pad(Operators.PadMode.Constant)], Emit(new PadFunction([0, 0, 1, 1], [0, 0, 1, 1]), Image));
        Assert.Equal([new Operators.ReduceMean(KeepDims: false)], Emit(new ReduceMeanFunction([2, 3]), Image));
        Assert.Equal([new Operators.ReduceSum(KeepDims: true)], Emit(new ReduceSumFunction([1], keepDims: true), Image));
        Assert.Equal([new Operators.PRelu()], Emit(PReluFunction.Instance, Image, [2, 1, 1]));
    }

    private static string[] Names(Function function) => [.. Emit(function, Image).Select(record => record.OpType)];

    private static List<Operator> Emit(Function function, params Shape[] shapes)
    {
        var sink = new RecordingSink();
        function.Emit(sink, [.. shapes.Select((_, i) => $"x{i}")], shapes);
        return sink.Records;
    }

    private sealed class RecordingSink : IOperatorSink
    {
        public List<Operator> Records { get; } = [];

        public string Add(Operator operatorRecord, params ReadOnlySpan<string> inputs)
        {
            Records.Add(operatorRecord);
            return $"y{Records.Count}";
        }

        public string Constant(string suffix, Tensor value) => suffix;
    }
}
