using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

public sealed class HostileModelTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(-6)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void An_index_outside_its_axis_is_refused_and_named(long index)
    {
        var builder = new ModelBuilder().Input("x", 5, 2).Input("i", ElementType.Int64, new SymbolicShape(1));
        using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(new O.Gather(), "x", "i")).Build());
        ArgumentException exception = Assert.Throws<ArgumentException>(() => session.Run(new Dictionary<string, Tensor> { ["x"] = new Tensor<float>([5, 2]), ["i"] = Tensor.Vector(index) }));
        Assert.Contains($"got {index}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Gather", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_index_outside_its_axis_is_a_bad_model()
    {
        var builder = new ModelBuilder();
        string value = builder.Node(new O.Gather(), builder.Constant(Tensor.Vector(1f, 2f)), builder.Constant(Tensor.Vector(2L)));
        Assert.Throws<OnnxModelException>(() => ManagedBackend.Compile(builder.Output(value).Build()));
    }

    [Theory]
    [InlineData(long.MinValue, long.MaxValue, 1)]
    [InlineData(long.MaxValue, long.MinValue, -1)]
    [InlineData(-100, 100, long.MaxValue)]
    [InlineData(100, -100, long.MinValue + 1)]
    [InlineData(2, 2, 1)]
    public void Slice_bounds_of_any_size_stay_inside(long start, long end, long step)
    {
        var builder = new ModelBuilder().Input("x", 5);
        foreach (string name in new[] { "starts", "ends", "axes", "steps" })
        {
            builder.Input(name, ElementType.Int64, new SymbolicShape(1));
        }

        using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(new O.Slice(), "x", "starts", "ends", "axes", "steps")).Build());
        float[] x = [1, 2, 3, 4, 5];
        float[] y = session.Run(new Dictionary<string, Tensor>
        {
            ["x"] = Tensor.Vector<float>(x),
            ["starts"] = Tensor.Vector(start),
            ["ends"] = Tensor.Vector(end),
            ["axes"] = Tensor.Vector(-1L),
            ["steps"] = Tensor.Vector(step),
        }).GetAt(0).Value.As<float>().ToArray();
        Assert.Equal(PythonSlice(x, start, end, step), y);
    }

    [Fact]
    public void Windows_with_any_numbers_run_or_raise_a_typed_exception()
    {
        var random = new Random(5);
        long[] numbers = [0, 1, 1, 1, 1, 2, 2, 2, -1, 3, 100, 1 << 20, int.MaxValue, long.MaxValue, 1L << 32];
        int ran = 0;
        for (int i = 0; i < 2000; i++)
        {
            IntList? Any(int count) => random.Next(2) == 0 ? null : new IntList([.. Enumerable.Range(0, count).Select(_ => numbers[random.Next(random.Next(2) == 0 ? 6 : numbers.Length)])]);
            int rank = 1 + (i % 3);
            (IntList? strides, IntList? pads, IntList? dilations) = (Any(rank), Any(2 * rank), Any(rank));
            IntList kernel = new([.. Enumerable.Repeat(2L, rank)]);
            Operator op = (i % 4) switch
            {
                0 => new O.Conv(null, strides, pads, dilations, random.Next(1, 3)),
                1 => new O.ConvTranspose(null, strides, pads, dilations, random.Next(1, 3), Any(rank)),
                2 => new O.MaxPool(kernel, strides, pads, dilations, random.Next(2) == 0),
                _ => new O.AveragePool(kernel, strides, pads, dilations, random.Next(2) == 0, random.Next(2) == 0),
            };
            int[] sizes = [.. Enumerable.Range(0, rank).Select(_ => random.Next(1, 5))];
            var builder = new ModelBuilder().Input("x", [1, 2, .. sizes.Select(size => (Dimension)size)]);
            string[] inputs = op is O.PoolOperator ? ["x"] : ["x", builder.Constant(new RandomTensors(i).Float([2, op is O.Conv { Group: 2 } ? 1 : 2, .. kernel.Select(size => (int)size)]))];
            try
            {
                using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(op, inputs)).Build(), new InferenceOptions { Threads = 1, Limits = new OnnxLimits { MaxTensorBytes = 1 << 20 } });
                session.Run(new Dictionary<string, Tensor> { ["x"] = new RandomTensors(i).Float([1, 2, .. sizes]) });
                ran++;
            }
            catch (Exception exception) when (exception is OnnxModelException or UnsupportedOperatorException or ArgumentException { InnerException: OnnxModelException })
            {
                // The numbers make no sense for the operator, exceed the limits, or are not supported.
            }
        }

        Assert.True(ran > 100, $"{ran}");
    }

    [Fact]
    public void Integer_division_by_zero_is_refused_and_its_overflow_wraps()
    {
        var builder = new ModelBuilder().Input("x", ElementType.Int32, new SymbolicShape(2)).Input("y", ElementType.Int32, new SymbolicShape(2));
        using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(new O.Div(), "x", "y")).Build());
        Assert.Throws<ArgumentException>(() => session.Run([Tensor.Vector(1, 2), Tensor.Vector(1, 0)], [new Tensor<int>([2])]));
        var result = new Tensor<int>([2]);
        session.Run([Tensor.Vector(int.MinValue, 7), Tensor.Vector(-1, -2)], [result]);
        Assert.Equal([int.MinValue, -3], result.ToArray());
    }

    [Fact]
    public void A_model_that_asks_for_a_huge_tensor_is_refused_before_memory_is_taken()
    {
        var builder = new ModelBuilder();
        string huge = builder.Node(new O.Expand(), builder.Constant(Tensor.Vector(1f)), builder.Constant(Tensor.Vector(1L << 20, 1L << 20, 1L << 20)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<OnnxModelException>(() => ManagedBackend.Compile(builder.Output(huge).Build()));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void An_input_that_grows_beyond_the_limit_is_refused()
    {
        var builder = new ModelBuilder().Input("x", 1).Input("shape", ElementType.Int64, new SymbolicShape(2));
        using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(new O.Expand(), "x", "shape")).Build());
        Assert.Throws<ArgumentException>(() => session.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Vector(1f), ["shape"] = Tensor.Vector(1L << 31, 1L << 31) }));
    }

    [Fact]
    public void An_element_type_without_a_kernel_names_operator_opset_node_and_type()
    {
        var builder = new ModelBuilder().Input("x", ElementType.Int16, new SymbolicShape(2));
        OnnxModel model = builder.Output(builder.Node(new O.MatMul(), "x", "x")).Build();
        UnsupportedOperatorException exception = Assert.Throws<UnsupportedOperatorException>(() => ManagedBackend.Compile(model));
        Assert.Equal(("MatMul", 17L), (exception.OpType, exception.Opset));
        Assert.Contains("/MatMul_v0", exception.Message, StringComparison.Ordinal);
        Assert.Contains("int16", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_gives_a_typed_error_wherever_it_is_cut()
    {
        byte[] bytes = Networks.Mlp(1, [3, 4, 2], [new O.Relu(), new O.Softmax()]).ToBytes();
        for (int length = 0; length < bytes.Length; length++)
        {
            Exception? exception = Record.Exception(() => new ManagedBackend().Load(bytes.AsMemory(0, length)).Dispose());
            Assert.True(exception is OnnxModelException or UnsupportedOperatorException, $"cut at {length}: {exception}");
        }
    }

    [Fact]
    public void Flipped_bits_give_a_typed_error_or_a_result()
    {
        byte[] bytes = Networks.Mlp(1, [3, 4, 2], [new O.Relu(), new O.Softmax()]).ToBytes();
        var random = new Random(1);
        Tensor x = new RandomTensors(1).Float(2, 3);
        for (int round = 0; round < 2000; round++)
        {
            byte[] damaged = [.. bytes];
            for (int flips = random.Next(1, 4); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            Exception? exception = Record.Exception(() =>
            {
                using IInferenceSession session = new ManagedBackend().Load(damaged, new InferenceOptions { Threads = 1 });
                session.Run(session.Inputs.ToDictionary(input => input.Name, _ => x));
            });
            Assert.True(exception is null or OnnxModelException or UnsupportedOperatorException or ArgumentException, $"round {round}: {exception}");
        }
    }

    private static float[] PythonSlice(float[] x, long start, long end, long step)
    {
        var result = new List<float>();
        Int128 first = start < 0 ? (Int128)start + x.Length : start;
        Int128 last = end < 0 ? (Int128)end + x.Length : end;
        first = step > 0 ? Int128.Clamp(first, 0, x.Length) : Int128.Clamp(first, 0, x.Length - 1);
        last = step > 0 ? Int128.Clamp(last, 0, x.Length) : Int128.Clamp(last, -1, x.Length - 1);
        for (Int128 i = first; step > 0 ? i < last : i > last; i += step)
        {
            result.Add(x[(int)i]);
        }

        return [.. result];
    }
}
