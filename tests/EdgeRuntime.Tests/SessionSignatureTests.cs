using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

public sealed class SessionSignatureTests : IDisposable
{
    private readonly ManagedSession _session = ManagedBackend.Compile(
        new ModelBuilder().Input("x", "N", 3).Input("y", "N", 3) is var builder ? builder.Output(builder.Node(new O.Add(), "x", "y")).Build() : null!);

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_wrong_name_is_named_with_the_names_that_there_are()
    {
        ArgumentException exception = Throws(() => _session.Run(new Dictionary<string, Tensor> { ["x"] = Floats(1, 3), ["z"] = Floats(1, 3) }));
        Assert.Contains("'z'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'x', 'y'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_input_is_named() =>
        Assert.Contains("Input 'y'", Throws(() => _session.Run(new Dictionary<string, Tensor> { ["x"] = Floats(1, 3) })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_wrong_element_type_is_named() => Assert.Contains(
        "Input 'y': expected element type float32, got int64", Throws(() => Run(Floats(1, 3), Tensor.From([1, 3], 1L, 2L, 3L))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_wrong_rank_is_named() =>
        Assert.Contains("Input 'x': expected rank 2 [N,3], got rank 1 [3]", Throws(() => Run(Floats(3), Floats(1, 3))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_wrong_fixed_dimension_is_named() =>
        Assert.Contains("Input 'x': expected shape [N,3], got [1,4]; axis 1 must be 3", Throws(() => Run(Floats(1, 4), Floats(1, 3))).Message, StringComparison.Ordinal);

    [Fact]
    public void Sizes_of_one_symbol_must_agree() =>
        Assert.Contains("Input 'y': expected N = 2 on axis 0 as input 'x' has it, got [4,3]", Throws(() => Run(Floats(2, 3), Floats(4, 3))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_wrong_number_of_tensors_is_named()
    {
        Assert.Contains("expected 2 tensors ('x', 'y'), got 1", Throws(() => _session.Run([Floats(1, 3)], [Floats(1, 3)])).Message, StringComparison.Ordinal);
        Assert.Contains("Outputs: expected 1 tensors", Throws(() => _session.Run([Floats(1, 3), Floats(1, 3)], [])).Message, StringComparison.Ordinal);
        Assert.Contains("expected 2 tensors", Throws(() => _session.InferOutputShapes([[1, 3]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_tensor_is_named() => Assert.Contains("Input 'y'", Throws(() => Run(Floats(1, 3), null!)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_output_must_have_the_shape_type_and_memory_that_the_run_needs()
    {
        Tensor x = Floats(2, 3);
        Tensor y = Floats(2, 3);
        Assert.Contains("expected shape [2,3] for these inputs, got [3,3]", Throws(() => _session.Run([x, y], [Floats(3, 3)])).Message, StringComparison.Ordinal);
        Assert.Contains("expected element type float32, got float64", Throws(() => _session.Run([x, y], [new Tensor<double>([2, 3])])).Message, StringComparison.Ordinal);
        Assert.Contains("shares memory with input 'y'", Throws(() => _session.Run([x, y], [y])).Message, StringComparison.Ordinal);
        Assert.Contains("a view", Throws(() => _session.Run([x, y], [Floats(3, 2).Transpose()])).Message, StringComparison.Ordinal);
        Assert.Contains("got null", Throws(() => _session.Run([x, y], [null!])).Message, StringComparison.Ordinal);
    }

    private static Tensor<float> Floats(params int[] shape) => new RandomTensors(1).Float(shape);

    private static ArgumentException Throws(Action action)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(action);
        Assert.DoesNotContain('\n', exception.Message);
        return exception;
    }

    private void Run(Tensor x, Tensor y) => _session.Run([x, y], [Floats(1, 3)]);
}
