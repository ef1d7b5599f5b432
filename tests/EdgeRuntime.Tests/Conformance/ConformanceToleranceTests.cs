using Toolkit.EdgeRuntime.Conformance;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Tests.Conformance;

public sealed class ConformanceToleranceTests
{
    [Theory]
    [InlineData(1000, 1000.9, true)]
    [InlineData(1000, 1001.1, false)]
    [InlineData(0, 0.9e-7, true)]
    [InlineData(0, 1.1e-7, false)]
    [InlineData(double.NaN, double.NaN, true)]
    [InlineData(double.NaN, 0, false)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, true)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, false)]
    [InlineData(double.PositiveInfinity, double.MaxValue, false)]
    [InlineData(0.0, -0.0, true)]
    public void Floating_point_elements_agree_within_a_part_of_the_expected_value(double expected, double actual, bool agree)
    {
        Assert.Equal(agree, ConformanceTolerance.Onnx.Difference(Tensor.From(new Shape(1), [expected]), Tensor.From(new Shape(1), [actual])) is null);
    }

    [Fact]
    public void Integers_and_strings_and_bools_must_be_equal()
    {
        Assert.Null(Difference(Tensor.From(new Shape(2), [10_000L, 5]), Tensor.From(new Shape(2), [10_000L, 5])));
        Assert.Contains("first element that differs is 1", Difference(Tensor.From(new Shape(2), [1L, 10_000]), Tensor.From(new Shape(2), [1L, 10_001])), StringComparison.Ordinal);
        Assert.Contains("expected a, got b", Difference(Tensor.From(new Shape(1), ["a"]), Tensor.From(new Shape(1), ["b"])), StringComparison.Ordinal);
        Assert.NotNull(Difference(Tensor.From(new Shape(1), [true]), Tensor.From(new Shape(1), [false])));
    }

    [Fact]
    public void Types_and_shapes_must_be_equal()
    {
        Assert.Equal("expected element type int64, got int32", Difference(Tensor.From(new Shape(1), [1L]), Tensor.From(new Shape(1), [1])));
        Assert.Equal("expected shape [1,1], got [1]", Difference(Tensor.From(new Shape(1, 1), [1f]), Tensor.From(new Shape(1), [1f])));
    }

    [Fact]
    public void Half_precision_may_differ_by_its_last_place()
    {
        Assert.Null(Difference(Tensor.From(new Shape(1), [(Half)1.0]), Tensor.From(new Shape(1), [Half.BitIncrement((Half)1.0)])));
        Assert.NotNull(Difference(Tensor.From(new Shape(1), [new BFloat16(0x3F80)]), Tensor.From(new Shape(1), [new BFloat16(0x3F81)])));
    }

    private static string? Difference(Tensor expected, Tensor actual) => ConformanceTolerance.Onnx.Difference(expected, actual);
}
