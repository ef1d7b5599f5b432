using System.Numerics;

namespace Toolkit.Numerics.Tests;

public class TensorTests
{
    public static TheoryData<ElementType> StoredTypes => [.. ElementTypes.All.Select(info => info.ElementType)];

    [Theory]
    [MemberData(nameof(StoredTypes))]
    public void Every_stored_type_can_be_created_cloned_and_reshaped(ElementType type)
    {
        Tensor tensor = Tensor.Create(type, [2, 3]);
        Assert.Equal(type, tensor.ElementType);
        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal(6, tensor.Length);
        Assert.Equal([3, 2], tensor.Reshape([3, 2]).Shape);
        Tensor clone = tensor.Clone();
        Assert.Equal(type, clone.ElementType);
        clone.CopyTo(tensor);
        if (type != ElementType.String)
        {
            Assert.Equal(6 * ElementTypes.Get(type).Size, tensor.Bytes.Length);
            Assert.All(tensor.Bytes.ToArray(), value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Strings_begin_empty_and_have_no_bytes()
    {
        Tensor<string> tensor = Tensor.Create(ElementType.String, [2]).As<string>();
        Assert.Equal(["", ""], tensor.ToArray());
        Assert.Throws<InvalidOperationException>(() => tensor.Bytes.Length);
    }

    [Fact]
    public void Elements_are_row_major()
    {
        Tensor<float> tensor = Tensor.From<float>([2, 3], 1, 2, 3, 4, 5, 6);
        Assert.Equal(6, tensor[1, 2]);
        Assert.Equal(4, tensor[1, 0]);
        tensor[0, 1] = 9;
        Assert.Equal([1, 9, 3, 4, 5, 6], tensor.ToArray());
    }

    [Fact]
    public void A_scalar_has_no_axes()
    {
        Tensor<double> scalar = Tensor.Scalar(2.5);
        Assert.Equal(0, scalar.Shape.Rank);
        Assert.Equal(2.5, scalar.Span[0]);
    }

    [Fact]
    public void Reshape_shares_memory_and_Clone_does_not()
    {
        Tensor<int> tensor = Tensor.Vector(1, 2, 3, 4);
        tensor.Reshape([2, 2])[1, 1] = 9;
        Assert.Equal(9, tensor[3]);
        tensor.Clone()[0] = 7;
        Assert.Equal(1, tensor[0]);
    }

    [Fact]
    public void From_copies_and_the_constructor_does_not()
    {
        int[] values = [1, 2];
        Tensor<int> copy = Tensor.From<int>([2], values.AsSpan());
        var view = new Tensor<int>([2], values);
        values[0] = 9;
        Assert.Equal(1, copy[0]);
        Assert.Equal(9, view[0]);
    }

    [Fact]
    public void Bytes_are_the_elements_little_endian()
    {
        Tensor<float> tensor = Tensor.Vector(1f, -2f);
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], tensor.Bytes.ToArray());
        tensor.Bytes[3] = 0x40;
        Assert.Equal(4, tensor[0]);
    }

    [Fact]
    public void Mistakes_say_what_was_expected()
    {
        Tensor<float> tensor = Tensor.From<float>([2, 3], new float[6]);
        AssertMessage("expected 4 values for shape [4], got 3", () => Tensor.From<int>([4], 1, 2, 3));
        AssertMessage("expected 4 elements for shape [4], got 3", () => new Tensor<int>([4], new int[3]));
        AssertMessage("6 elements of shape [2,3] cannot be reshaped to [4]", () => tensor.Reshape([4]));
        AssertMessage("expected elements of type Float64, got Float32", () => ((Tensor)tensor).As<double>());
        AssertMessage("expected 2 indices for shape [2,3], got 1", () => tensor[1]);
        AssertMessage("expected a destination of 6 elements, got 5", () => tensor.CopyTo(new Tensor<float>([5])));
        AssertMessage("has no storage", () => Tensor.Create(ElementType.Undefined, [1]));
        AssertMessage("DateTime is not the type", () => new Tensor<DateTime>([1]));
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => tensor[1, 3]);
        Assert.Contains("index 3 is outside axis 1 of shape [2,3]", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor[-1, 0]);
    }

    [Fact]
    public void The_table_knows_the_size_of_every_type()
    {
        Assert.Equal(
            [4, 1, 1, 2, 2, 4, 8, 0, 1, 2, 8, 4, 8, 8, 16, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
            ElementTypes.All.Select(info => info.Size));
        Assert.Equal(ElementTypes.All.Select((_, index) => (ElementType)(index + 1)), ElementTypes.All.Select(info => info.ElementType));
        Assert.Equal(ElementType.Complex128, ElementTypes.Of<Complex>());
        Assert.Null(ElementTypes.Find((ElementType)27));
        Assert.Null(ElementTypes.Find((ElementType)(-1)));
    }

    private static void AssertMessage(string expected, Func<object> action)
    {
        var exception = Assert.Throws<ArgumentException>(action);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static void AssertMessage(string expected, Action action)
    {
        var exception = Assert.Throws<ArgumentException>(action);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }
}
