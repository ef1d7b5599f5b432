using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Onnx.Operators.Shape;

namespace Toolkit.Onnx.Tests.Operators;

/// <summary>Inputs that contradict an operator's definition are refused, by a message that says what was got.</summary>
public class InferenceErrorTests
{
    private static readonly ValueInfo X = Models.Float("x", 2, 3, 4);
    private static readonly ValueInfo Image = Models.Float("x", 2, 3, 5, 7);
    private static readonly ValueInfo Words = new("w", ElementType.String, new SymbolicShape(2));

    [Fact]
    public void Gemm_contracts_equal_sizes() =>
        Refused(new Gemm(), "Gemm 'node': expected one size for the contracted size K of A and B, got 3 and 4 (inputs [2,3], [4,5]).", Models.Float("a", 2, 3), Models.Float("b", 4, 5));

    [Fact]
    public void Gemm_takes_matrices() => Refused(new Gemm(), "expected rank 2 for input 0 ('x'), got [2,3,4]", X, Models.Float("b", 4, 5));

    [Fact]
    public void Gemm_broadcasts_C_one_way() =>
        Refused(new Gemm(), "expected C to broadcast to [2,5], got [5,2]", Models.Float("a", 2, 3), Models.Float("b", 3, 5), Models.Float("c", 5, 2));

    [Fact]
    public void Conv_takes_the_channels_of_its_groups() =>
        Refused(new Conv(), "expected 3 input channels per group (3 channels, group 1), got 1 (W is [8,1,3,3]); check 'group'.", Image, Models.Float("w", 8, 1, 3, 3));

    [Fact]
    public void Conv_divides_its_output_channels_into_groups() => Refused(new Conv(Group: 3), "divide into 3 groups, got 8", Image, Models.Float("w", 8, 1, 3, 3));

    [Fact]
    public void Conv_takes_a_kernel_that_fits() => Refused(new Conv(), "expected a window of 5 at most on spatial axis 0", Image, Models.Float("w", 8, 3, 6, 3));

    [Fact]
    public void Conv_takes_the_kernel_shape_of_its_weights() => Refused(new Conv([5, 5]), "kernel_shape and W, got 5 and 3", Image, Models.Float("w", 8, 3, 3, 3));

    [Fact]
    public void Conv_takes_one_bias_an_output_channel() => Refused(new Conv(), "the output channels of W and B, got 8 and 7", Image, Models.Float("w", 8, 3, 3, 3), Models.Float("b", 7));

    [Fact]
    public void Conv_takes_pads_for_both_ends() => Refused(new Conv(Pads: [1, 1]), "expected 4 numbers from 0", Image, Models.Float("w", 8, 3, 3, 3));

    [Fact]
    public void ConvTranspose_takes_the_channels_of_its_weights() => Refused(new ConvTranspose(), "input channels of X and W, got 3 and 8", Image, Models.Float("w", 8, 3, 3, 3));

    [Fact]
    public void ConvTranspose_leaves_something() => Refused(new ConvTranspose(Pads: [9, 0, 9, 0]), "spatial axis 0, got -11", Image, Models.Float("w", 3, 3, 3, 3));

    [Fact]
    public void MaxPool_takes_a_window_that_fits() => Refused(new MaxPool([3, 9]), "at most on spatial axis 1", Image);

    [Fact]
    public void MaxPool_takes_strides_of_1_or_more() => Refused(new MaxPool([3, 3], [0, 1]), "for 'strides' with 2 spatial axes, got [0,1]", Image);

    [Fact]
    public void GlobalAveragePool_takes_spatial_axes() => Refused(new GlobalAveragePool(), "rank 3 or more", Models.Float("x", 2, 3));

    [Fact]
    public void BatchNormalization_takes_one_number_a_channel() =>
        Refused(new BatchNormalization(), "the channels of X and input 3, got 3 and 4", Image, Models.Float("s", 3), Models.Float("b", 3), Models.Float("m", 4), Models.Float("v", 3));

    [Fact]
    public void LayerNormalization_takes_a_scale_that_broadcasts() => Refused(new LayerNormalization(), "expected scale to broadcast to [2,3,4], got [3]", X, Models.Float("s", 3));

    [Fact]
    public void Pad_takes_two_pads_an_axis() => Refused(new Pad(), "expected 6 pads", X, Tensor.Vector(1L, 1L));

    [Fact]
    public void Pad_reflects_no_more_than_there_is() => Refused(new Pad(PadMode.Reflect), "expected pads of 1 at most in mode reflect on axis 0 of 2, got 2 and 0", X, Tensor.Vector(2L, 0L, 0L, 0L, 0L, 0L));

    [Fact]
    public void Resize_takes_scales_or_sizes()
    {
        Refused(new Resize(), "got neither", X);
        Refused(new Resize(), "got [1,0,1]", X, Tensor.Vector<float>([]), Tensor.Vector(1f, 0f, 1f));
        Refused(new Resize(), "expected 3 scales", X, Tensor.Vector<float>([]), Tensor.Vector(1f, 2f));
        Refused(new Resize(), "got both", X, Tensor.Vector<float>([]), Tensor.Vector(1f, 2f, 1f), Tensor.Vector(2L, 2L, 2L));
    }

    [Fact]
    public void Split_takes_parts_that_add_up() => Refused(new Split(1), "whose sum is 3, got [4]", X, Tensor.Vector(4L));

    [Fact]
    public void DepthToSpace_divides_its_channels() => Refused(new DepthToSpace(2), "blocksize² = 4, got 3", Image);

    [Fact]
    public void ConstantOfShape_takes_no_negative_sizes() => Refused(new ConstantOfShape(), "got [2,-1]", Tensor.Vector(2L, -1L));

    [Fact]
    public void MatMul_contracts_equal_sizes() => Refused(new MatMul(), "got 4 and 3", X, Models.Float("b", 3, 5));

    [Fact]
    public void MatMul_takes_no_scalar() => Refused(new MatMul(), "rank 1 or more", X, Models.Float("b"));

    [Fact]
    public void Add_takes_shapes_that_broadcast() => Refused(new Add(), "got [2,3,4] and [5]: axis -1 is 4 and 5", X, Models.Float("b", 5));

    [Fact]
    public void Add_takes_one_type() => Refused(new Add(), "expected float32 for input 1 ('b'), as for the inputs before it, got int64", X, new ValueInfo("b", ElementType.Int64, null));

    [Fact]
    public void Relu_takes_no_text() => Refused(new Relu(), "got string", Words);

    [Fact]
    public void Not_takes_bool() => Refused(new Not(), "got float32", X);

    [Fact]
    public void Softmax_has_an_axis_of_the_input() => Refused(new Softmax(3), "expected an axis from -3 to 2, got 3", X);

    [Fact]
    public void Flatten_has_an_axis_of_the_input() => Refused(new Flatten(4), "got 4", X);

    [Fact]
    public void Concat_joins_shapes_that_agree_elsewhere() => Refused(new Concat(0), "got 3 and 5", X, Models.Float("b", 2, 5, 4));

    [Fact]
    public void Concat_joins_one_rank() => Refused(new Concat(0), "expected rank 3", X, Models.Float("b", 2, 3));

    [Fact]
    public void Gather_picks_inside_the_axis() => Refused(new Gather(1), "expected indices from -3 to 2 for axis 1", X, Tensor.Vector(3L));

    [Fact]
    public void Reshape_keeps_the_number_of_elements() => Refused(new Reshape(), "as many elements as data [2,3,4], got [5,5]", X, Tensor.Vector(5L, 5L));

    [Fact]
    public void Reshape_divides_the_number_of_elements() => Refused(new Reshape(), "as many elements", X, Tensor.Vector(7L, -1L));

    [Fact]
    public void Reshape_infers_one_size() => Refused(new Reshape(), "one -1 at most", X, Tensor.Vector(-1L, -1L));

    [Fact]
    public void Reshape_takes_sizes() => Refused(new Reshape(), "sizes of -1 or more", X, Tensor.Vector(-2L, 1L));

    [Fact]
    public void Reshape_copies_an_axis_that_is_there() => Refused(new Reshape(), "copies axis 3", X, Tensor.Vector(1L, 1L, -1L, 0L));

    [Fact]
    public void Reshape_products_do_not_overflow() => Refused(new Reshape(), "64 bits", X, Tensor.Vector(long.MaxValue, 4L, -1L));

    [Fact]
    public void Expand_takes_sizes() => Refused(new Expand(), "0 or more", X, Tensor.Vector(-1L));

    [Fact]
    public void Expand_broadcasts() => Refused(new Expand(), "axis -1 is 4 and 3", X, Tensor.Vector(3L));

    [Fact]
    public void Transpose_has_each_axis_once() => Refused(new Transpose([0, 0, 1]), "got [0,0,1]", X);

    [Fact]
    public void Transpose_has_an_entry_for_each_axis() => Refused(new Transpose([1, 0]), "got [1,0]", X);

    [Fact]
    public void Squeeze_removes_axes_of_size_1() => Refused(new Squeeze(), "got 3 and 1", X, Tensor.Vector(1L));

    [Fact]
    public void Unsqueeze_adds_axes_that_differ() => Refused(new Unsqueeze(), "axes that differ", X, Tensor.Vector(0L, -5L));

    [Fact]
    public void Unsqueeze_stops_at_the_greatest_rank() => Refused(new Unsqueeze(), "rank 16 at most", X, Tensor.Vector<long>([.. Enumerable.Range(0, 14).Select(i => (long)i)]));

    [Fact]
    public void Reductions_have_axes_of_the_input() => Refused(new ReduceSum(), "got 3", X, Tensor.Vector(3L));

    [Fact]
    public void Reductions_have_axes_that_differ() => Refused(new ReduceMean(), "axes that differ", X, Tensor.Vector(1L, -2L));

    [Fact]
    public void Reductions_have_integer_axes() => Refused(new ReduceMax(), "expected elements of a type in Signed for input 1", X, Tensor.Vector(1f));

    [Fact]
    public void Slice_steps_are_not_0() => Refused(new Slice(), "steps other than 0", X, Tensor.Vector(0L), Tensor.Vector(1L), Tensor.Vector(0L), Tensor.Vector(0L));

    [Fact]
    public void Slice_lists_have_one_length() => Refused(new Slice(), "expected 1 ends", X, Tensor.Vector(0L), Tensor.Vector(1L, 2L));

    [Fact]
    public void Clip_bounds_are_scalars() => Refused(new Clip(), "expected a scalar as input 1, got [2]", X, Tensor.Vector(0f, 1f));

    [Fact]
    public void PRelu_slopes_broadcast_one_way() => Refused(new PRelu(), "expected slope to broadcast to [2,3,4], got [3]", X, Tensor.Vector(1f, 2f, 3f));

    [Fact]
    public void Where_takes_a_bool_condition() => Refused(new Where(), "got float32", X, Models.Float("a"), Models.Float("b"));

    [Fact]
    public void Shape_takes_one_input() => Refused(new Shape(), "expected 1 inputs, got 2", X, Models.Float("b"));

    private static void Refused(Operator @operator, string message, params object[] inputs)
    {
        var item = new OperatorCase(@operator, inputs, ElementType.Undefined, new SymbolicShape());
        OnnxModelException exception = Assert.Throws<OnnxModelException>(() => ShapeInference.Run(item.Model()));
        Assert.StartsWith($"{@operator.OpType} 'node': ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }
}
