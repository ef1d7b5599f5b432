using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;
using static Toolkit.EdgeRuntime.Tests.GraphText;

namespace Toolkit.EdgeRuntime.Tests.Operators;

public sealed class MapTests
{
    /// <summary>Operators over maps, whose cases are here.</summary>
    public static IReadOnlyList<Type> Covered { get; } = [typeof(DictVectorizer), typeof(ZipMap)];

    [Fact]
    public void Scores_become_a_map_for_each_sample()
    {
        using ManagedSession session = Session(new ZipMap(null, new ValueList<string>("no", "yes")), Floats("x", "N", 2));
        var maps = (OnnxSequence)session.RunValues(new Dictionary<string, OnnxValue> { ["x"] = Tensor.From([2, 2], 0.25f, 0.75f, 0.5f, 0.125f) })["y"];
        Assert.Equal("sequence(map(string, float32))", session.Outputs[0].Type.ToString()!.Replace(" []", "", StringComparison.Ordinal));
        Assert.Equal(2, maps.Count);
        Assert.Equal(["no", "yes"], ((OnnxMap)maps[1]).Keys.As<string>().ToArray());
        Assert.Equal([0.25f, 0.75f], ((OnnxMap)maps[0]).Values.As<float>().ToArray());
        Assert.Equal([0.5f, 0.125f], ((OnnxMap)maps[1]).Values.As<float>().ToArray());
        Assert.Empty(((OnnxSequence)session.RunValues(new Dictionary<string, OnnxValue> { ["x"] = new Tensor<float>([0, 2]) })["y"]));
    }

    [Fact]
    public void Scores_of_one_sample_become_one_map()
    {
        using ManagedSession session = Session(new ZipMap([5, -1, 3]), Floats("x", "C"));
        var map = (OnnxMap)Assert.Single((OnnxSequence)session.RunValues(new Dictionary<string, OnnxValue> { ["x"] = Tensor.Vector(1f, 2f, 3f) })["y"]);
        Assert.Equal([5L, -1, 3], map.Keys.As<long>().ToArray());
        Assert.Equal([1f, 2, 3], map.Values.As<float>().ToArray());
        Assert.ThrowsAny<Exception>(() => session.RunValues(new Dictionary<string, OnnxValue> { ["x"] = Tensor.Vector(1f, 2f) }));
    }

    [Fact]
    public void A_map_becomes_a_vector_in_the_order_of_the_vocabulary()
    {
        var op = new DictVectorizer(null, new ValueList<string>("c", "a", "b"));
        Assert.Equal([0L, 4, 5], Vector(op, new OnnxMap(Tensor.Vector("b", "a", "z"), Tensor.Vector(5L, 4L, 9L))).As<long>().ToArray());
        Assert.Equal([0f, 4, 5], Vector(op, new OnnxMap(Tensor.Vector("b", "a", "z"), Tensor.Vector(5f, 4f, 9f))).As<float>().ToArray());
        Assert.Equal([0.0, 4, 5], Vector(op, new OnnxMap(Tensor.Vector("b", "a", "z"), Tensor.Vector(5.0, 4.0, 9.0))).As<double>().ToArray());
        Tensor texts = Vector(new DictVectorizer([7, 2]), new OnnxMap(Tensor.Vector(2L), Tensor.Vector("two")));
        Assert.Equal(["", "two"], texts.As<string>().ToArray());
        Assert.Equal(new Toolkit.Numerics.Shape(1, 2), texts.Shape);
    }

    [Fact]
    public void A_map_of_other_types_is_refused()
    {
        Assert.Throws<OnnxModelException>(() => Vector(new DictVectorizer([7, 2]), new OnnxMap(Tensor.Vector(2L), Tensor.Vector(2L))));
        Assert.Throws<OnnxModelException>(() => Vector(new DictVectorizer([7, 2]), new OnnxMap(Tensor.Vector("a"), Tensor.Vector("b"))));
        using ManagedSession session = Session(new DictVectorizer([7]), new ValueInfo("x", new OnnxMap(Tensor.Vector(2L), Tensor.Vector("b")).Type));
        Assert.Throws<ArgumentException>(() => session.RunValues(new Dictionary<string, OnnxValue> { ["x"] = new OnnxMap(Tensor.Vector(2L), Tensor.Vector(1f)) }));
    }

    [Fact]
    public void A_model_that_takes_and_gives_maps_survives_its_file()
    {
        OnnxModel model = Model([new ValueInfo("x", new OnnxMap(Tensor.Vector(2L), Tensor.Vector(1f)).Type)], "z", Node(new DictVectorizer([4, 2]), "x", "y"), Node(new ZipMap([40, 20]), "y", "z"));
        model.OpsetImports[ClassicOperator.ClassicDomain] = 3;
        using IInferenceSession session = new ManagedBackend().Load(model.ToBytes());
        var map = (OnnxMap)Assert.Single((OnnxSequence)session.RunValues(new Dictionary<string, OnnxValue> { ["x"] = new OnnxMap(Tensor.Vector(2L), Tensor.Vector(1.5f)) })["z"]);
        Assert.Equal([40L, 20], map.Keys.As<long>().ToArray());
        Assert.Equal([0f, 1.5f], map.Values.As<float>().ToArray());
    }

    private static Tensor Vector(Operator op, OnnxMap map)
    {
        using ManagedSession session = Session(op, new ValueInfo("x", map.Type));
        return ((OnnxTensor)session.RunValues(new Dictionary<string, OnnxValue> { ["x"] = map })["y"]).Tensor;
    }

    private static ManagedSession Session(Operator op, ValueInfo input)
    {
        OnnxModel model = Model([input], "y", Node(op, "x", "y"));
        model.OpsetImports[ClassicOperator.ClassicDomain] = OperatorTable.MaxClassicOpset;
        return ManagedBackend.Compile(model);
    }
}
