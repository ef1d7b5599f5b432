using Toolkit.Numerics;
using Toolkit.Onnx.Operators;

namespace Toolkit.Onnx.Tests.Operators;

public class OperatorTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, OperatorCases.All.Count)];

    [Fact]
    public void Every_operator_has_a_case()
    {
        Assert.Equal(
            OperatorTable.All.Select(entry => entry.OpType).Except(OperatorTableTests.Replaced).Except(ControlFlowTests.Covered).Except(SequenceOperatorTests.Covered).Order(StringComparer.Ordinal),
            OperatorCases.All.Select(item => item.Operator.OpType).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_output_has_the_type_and_shape_that_the_definition_says(int index)
    {
        OperatorCase item = OperatorCases.All[index];
        ValueInfo y = ShapeInference.Run(item.Model())["y"];
        Assert.True(item.Type == y.ElementType && item.Shape.Equals(y.Shape), $"{item}: expected {item.Type} {item.Shape}, got {y}.");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Attributes_and_inputs_are_read_back_as_they_were_written(int index)
    {
        OperatorCase item = OperatorCases.All[index];
        foreach (int opset in new[] { OnnxModel.DefaultOpset, 18, OperatorTable.MaxOpset })
        {
            OnnxModel model = item.Model();
            model.OpsetImports[""] = opset;
            if (opset < Math.Max(item.MinOpset, OperatorTable.Find(item.Operator.Domain, item.Operator.OpType)!.SinceVersion))
            {
                Assert.Throws<OnnxModelException>(model.ToBytes);
                continue;
            }

            if (opset < 18 && item.Operator is ReduceOperator { NoopWithEmptyAxes: true } and not ReduceSum)
            {
                continue;
            }

            OnnxNode read = Assert.Single(OnnxModel.Parse(model.ToBytes()).Graph.Nodes);
            Assert.Equal(item.Operator, read.Operator);
            Assert.Equal(item.Inputs.Length, read.Inputs.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Too_many_inputs_are_an_error(int index)
    {
        OperatorCase item = OperatorCases.All[index];
        if (item.Operator is VariadicOperator or Concat or Einsum or FeatureVectorizer)
        {
            return;
        }

        object[] inputs = [.. item.Inputs, .. Enumerable.Range(0, 6).Select(i => Models.Float($"extra{i}"))];
        Assert.Throws<OnnxModelException>(() => ShapeInference.Run((item with { Inputs = inputs }).Model()));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_inputs_are_an_error(int index)
    {
        OperatorCase item = OperatorCases.All[index];
        if (item.Operator is not (Constant or RandomNormal or RandomUniform))
        {
            Assert.Throws<OnnxModelException>(() => ShapeInference.Run((item with { Inputs = [] }).Model()));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Inputs_of_unknown_rank_are_no_error(int index)
    {
        OperatorCase item = OperatorCases.All[index];
        object[] inputs = [.. item.Inputs.Select((input, i) => input is ValueInfo info ? info with { Shape = null }
            : input is Tensor tensor ? new ValueInfo($"k{i}", tensor.ElementType, null)
            : input)];
        Assert.Equal(item.Type, ShapeInference.Run((item with { Inputs = inputs }).Model())["y"].ElementType);
    }
}
