using Toolkit.Numerics;
using Toolkit.Onnx.Operators;

namespace Toolkit.Onnx.Tests.Operators;

public class SequenceOperatorTests
{
    /// <summary>Operators over values that are no tensors, whose cases are here.</summary>
    public static readonly string[] Covered =
    [
        "ConcatFromSequence", "Optional", "OptionalGetElement", "OptionalHasElement", "SequenceAt", "SequenceConstruct", "SequenceEmpty", "SequenceErase",
        "SequenceInsert", "SequenceLength", "SplitToSequence", "DictVectorizer", "ZipMap",
    ];

    private static readonly SequenceType Floats = new(new TensorType(ElementType.Float32, new SymbolicShape(2, 3)));
    private static readonly OptionalType Maybe = new(Floats);
    private static readonly TensorType Tensor23 = new(ElementType.Float32, new SymbolicShape(2, 3));
    private static readonly TensorType Position = new(ElementType.Int64, new SymbolicShape());

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, All.Length)];

    private static (Operator Operator, OnnxType?[] Inputs, string Expected)[] All =>
    [
        (new SequenceConstruct(), [Tensor23, Tensor23], "sequence(float32 [2,3])"),
        (new SequenceConstruct(), [Tensor23, new TensorType(ElementType.Float32, new SymbolicShape(2))], "sequence(float32 of unknown rank)"),
        (new SequenceEmpty(ElementType.Int32), [], "sequence(int32 of unknown rank)"),
        (new SequenceInsert(), [Floats, Tensor23], "sequence(float32 [2,3])"),
        (new SequenceInsert(), [Floats, new TensorType(ElementType.Float32, new SymbolicShape(2)), Position], "sequence(float32 of unknown rank)"),
        (new SequenceErase(), [Floats], "sequence(float32 [2,3])"),
        (new SequenceErase(), [Floats, Position], "sequence(float32 [2,3])"),
        (new SequenceAt(), [Floats, Position], "float32 [2,3]"),
        (new SequenceLength(), [Floats], "int64 []"),
        (new SplitToSequence(1), [Tensor23], "sequence(float32 [2,1])"),
        (new SplitToSequence(-1, false), [Tensor23], "sequence(float32 [2])"),
        (new SplitToSequence(-1, false), [Tensor23, Position], "sequence(float32 [2,?])"),
        (new ConcatFromSequence(1), [Floats], "float32 [2,?]"),
        (new ConcatFromSequence(-1, true), [Floats], "float32 [2,3,?]"),
        (new Optional(), [Floats], "optional(sequence(float32 [2,3]))"),
        (new Optional(new TensorType(ElementType.Int8)), [], "optional(int8 of unknown rank)"),
        (new OptionalHasElement(), [Maybe], "bool []"),
        (new OptionalGetElement(), [Maybe], "sequence(float32 [2,3])"),
        (new OptionalGetElement(), [Tensor23], "float32 [2,3]"),
        (new DictVectorizer([3, 1]), [new MapType(ElementType.Int64, new TensorType(ElementType.Float64, new SymbolicShape()))], "float64 [1,2]"),
        (new DictVectorizer(null, new ValueList<string>("a")), [new MapType(ElementType.String, new TensorType(ElementType.Int64, new SymbolicShape()))], "int64 [1,1]"),
        (new ZipMap([1, 2, 3]), [Tensor23], "sequence(map(int64, float32 []))"),
        (new ZipMap(null, new ValueList<string>("a", "b", "c")), [Tensor23], "sequence(map(string, float32 []))"),
        (new Identity(), [Maybe], "optional(sequence(float32 [2,3]))"),
    ];

    [Fact]
    public void Every_operator_has_a_case() => Assert.Empty(Covered.Except(All.Select(item => item.Operator.OpType)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_output_has_the_type_that_the_definition_says(int index)
    {
        (Operator op, OnnxType?[] inputs, string expected) = All[index];
        Assert.Equal($"y {expected}", ShapeInference.Run(Model(op, inputs))["y"].ToString());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Attributes_and_types_are_read_back_as_they_were_written(int index)
    {
        (Operator op, OnnxType?[] inputs, _) = All[index];
        OnnxModel read = OnnxModel.Parse(Model(op, inputs).ToBytes());
        Assert.Equal(op, Assert.Single(read.Graph.Nodes).Operator);
        Assert.Equal(inputs, read.Graph.Inputs.Select(input => input.Type));
    }

    [Fact]
    public void Wrong_types_are_refused()
    {
        Refused(new SequenceAt(), "expected a sequence", Tensor23, Position);
        Refused(new SequenceAt(), "expected a tensor", Floats, Floats);
        Refused(new SequenceInsert(), "as the sequence holds", Floats, new TensorType(ElementType.Int32));
        Refused(new SequenceConstruct(), "as in the inputs before it", Tensor23, new TensorType(ElementType.Int32));
        Refused(new SequenceConstruct(), "expected a tensor", Floats);
        Refused(new ConcatFromSequence(3), "expected an axis", Floats);
        Refused(new Optional(), "got neither");
        Refused(new Optional(new TensorType(ElementType.Int8)), "which the attribute 'type' says", Tensor23);
        Refused(new DictVectorizer([1]), "expected X of map(int64", Tensor23);
        Refused(new ZipMap([1, 2]), "the columns of X", Tensor23);
        Refused(new Relu(), "expected a tensor as input 0", Floats);
        Refused(new OptionalGetElement(), "expected 1 inputs");

        static void Refused(Operator op, string message, params OnnxType?[] inputs) =>
            Assert.Contains(message, Assert.Throws<OnnxModelException>(() => ShapeInference.Run(Model(op, inputs))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optional_that_is_left_out_has_no_element() => Assert.Equal("y bool []", ShapeInference.Run(Model(new OptionalHasElement(), []))["y"].ToString());

    private static OnnxModel Model(Operator op, OnnxType?[] inputs)
    {
        var graph = new OnnxGraph { Name = "test" };
        string[] names = [.. inputs.Select((_, i) => $"x{i}")];
        for (int i = 0; i < names.Length; i++)
        {
            graph.Inputs.Add(new ValueInfo(names[i], inputs[i]!));
        }

        graph.Nodes.Add(new OnnxNode("node", op, names, ["y"]));
        graph.Outputs.Add(new ValueInfo("y", ElementType.Undefined, null));
        var model = new OnnxModel(graph);
        model.OpsetImports[""] = 18;
        model.OpsetImports[ClassicOperator.ClassicDomain] = OperatorTable.MaxClassicOpset;
        return model;
    }
}
