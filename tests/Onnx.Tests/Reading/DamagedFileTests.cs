using Google.Protobuf;
using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Toolkit.Onnx.Protobuf;
using Toolkit.Onnx.Tests.Operators;

namespace Toolkit.Onnx.Tests.Reading;

/// <summary>Whatever the bytes are, the answer is a model or one of the two typed exceptions.</summary>
public class DamagedFileTests
{
    [Fact]
    public void An_empty_file_is_refused() => Refused([]);

    [Fact]
    public void A_file_that_is_not_there_says_so() =>
        Assert.ThrowsAny<IOException>(() => OnnxModel.Load(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())));

    [Fact]
    public void A_file_that_is_cut_anywhere_is_refused()
    {
        byte[] bytes = Large().ToBytes();
        Assert.InRange(bytes.Length, 30 * 64, int.MaxValue);
        for (int length = 0; length < bytes.Length; length += 64)
        {
            Refused(bytes[..length]);
        }

        bytes = Models.Mlp().ToBytes();
        int whole = 0;
        for (int length = 0; length < bytes.Length; length++)
        {
            whole += TryRead(bytes.AsSpan(0, length)) ? 1 : 0;
        }

        // Only a cut between the messages that follow the graph leaves a valid file, with fewer of them.
        Assert.InRange(whole, 0, 3);
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        var random = new Random(1);
        for (int i = 0; i < 500; i++)
        {
            byte[] bytes = new byte[random.Next(1, 2000)];
            random.NextBytes(bytes);
            Refused(bytes);
        }
    }

    [Fact]
    public void Mutated_bytes_give_a_model_or_a_typed_exception()
    {
        var random = new Random(2);
        byte[][] files = [Models.Mlp().ToBytes(), .. OperatorCases.All.Select(item => item.Model().ToBytes())];
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = [.. files[i % files.Length]];
            for (int edits = random.Next(1, 5); edits > 0; edits--)
            {
                int at = random.Next(bytes.Length);
                switch (random.Next(4))
                {
                    case 0: bytes[at] = (byte)random.Next(256); break;
                    case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                    case 2: bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 9))..], 0]; break;
                    default: bytes = [.. bytes[..at], .. bytes[random.Next(at + 1)..]]; break;
                }
            }

            refused += TryRead(bytes) ? 0 : 1;
        }

        Assert.InRange(refused, 1000, 2999);
    }

    [Fact]
    public void Shape_lists_with_any_numbers_give_a_model_or_a_typed_exception()
    {
        var random = new Random(3);
        long[] numbers = [0, 1, -1, 2, 3, -3, 16, 17, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 1L << 32];
        Operator[] operators = [new Reshape(), new Expand(), new Unsqueeze(), new Squeeze(), new ReduceSum(), new Gather(), new Slice(), new Pad(PadMode.Reflect), new Split(1), new ConstantOfShape()];
        for (int i = 0; i < 4000; i++)
        {
            long[] Any() => [.. Enumerable.Range(0, random.Next(4)).Select(_ => numbers[random.Next(numbers.Length)])];
            Operator @operator = operators[i % operators.Length];
            object[] lists = [.. Enumerable.Range(0, @operator is Slice ? 4 : 1).Select(_ => (object)Tensor.Vector<long>(Any()))];
            object[] data = @operator is ConstantOfShape ? [] : [Models.Float("x", "N", 2, 3)];
            OnnxModel model = new OperatorCase(@operator, [.. data, .. lists], default, new SymbolicShape()).Model();
            try
            {
                ShapeInference.Run(model);
            }
            catch (OnnxModelException)
            {
                // The numbers make no sense for the operator.
            }
        }
    }

    [Fact]
    public void Windows_with_any_numbers_give_a_model_or_a_typed_exception()
    {
        var random = new Random(4);
        long[] numbers = [0, 1, 1, 1, 2, 2, -1, 3, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 1L << 32];
        for (int i = 0; i < 4000; i++)
        {
            IntList? Any(int count) => random.Next(3) == 0 ? null : new IntList([.. Enumerable.Range(0, random.Next(8) == 0 ? random.Next(4) : count).Select(_ => numbers[random.Next(numbers.Length)])]);
            (IntList? kernel, IntList? strides, IntList? pads, IntList? dilations) = (Any(2), Any(2), Any(4), Any(2));
            long group = numbers[random.Next(numbers.Length)];
            Operator @operator = (i % 4) switch
            {
                0 => new Conv(kernel, strides, pads, dilations, group),
                1 => new ConvTranspose(kernel, strides, pads, dilations, group, Any(2)),
                2 => new MaxPool(kernel ?? [2, 2], strides, pads, dilations, random.Next(2) == 0),
                _ => new AveragePool(kernel ?? [2, 2], strides, pads, dilations, random.Next(2) == 0),
            };
            object[] weights = @operator is PoolOperator ? [] : [Models.Float("w", 4, 2, 3, 3)];
            OnnxModel model = new OperatorCase(@operator, [Models.Float("x", "N", 4, 6, i % 8 < 4 ? 5 : "W"), .. weights], default, new SymbolicShape()).Model();
            try
            {
                ShapeInference.Run(model);
                ModelStatistics.Of(model);
                OnnxModel.Parse(model.ToBytes());
            }
            catch (OnnxModelException)
            {
                // The numbers make no sense for the operator.
            }
        }
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        byte[] bytes = new ModelProto { IrVersion = 8, ProducerName = "abc" }.ToByteArray();
        bytes[^1] = 0xFF;
        Refused(bytes);
    }

    private static OnnxModel Large()
    {
        OnnxModel model = Models.Mlp();
        model.Metadata.Clear();
        for (int i = 0; i < 60; i++)
        {
            model.Graph.Initializers.Add($"spare{i}", Tensor.Vector(1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f));
        }

        // Without metadata the opsets come last, so that every cut takes something without which there is no model.
        return model;
    }

    private static void Refused(byte[] bytes)
    {
        OnnxModelException exception = Assert.Throws<OnnxModelException>(() => OnnxModel.Parse(bytes));
        Assert.NotEmpty(exception.Message);
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes)
    {
        try
        {
            OnnxModel.Parse(bytes);
            return true;
        }
        catch (Exception exception) when (exception is OnnxModelException or UnsupportedOperatorException)
        {
            return false;
        }
    }
}
