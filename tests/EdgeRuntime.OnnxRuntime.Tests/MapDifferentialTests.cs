using Microsoft.ML.OnnxRuntime;
using Toolkit.EdgeRuntime.Tests;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;
using static Toolkit.EdgeRuntime.Tests.GraphText;

namespace Toolkit.EdgeRuntime.OnnxRuntime.Tests;

/// <summary>Sequences of maps on ONNX Runtime, asked through its own interface, and on the managed engine.</summary>
public sealed class MapDifferentialTests
{
    [Fact]
    public void Maps_from_texts_agree() => AssertAgree<string>(new ZipMap(null, new ValueList<string>("no", "perhaps", "yes")), keys => keys.As<string>().ToArray());

    [Fact]
    public void Maps_from_numbers_agree() => AssertAgree<long>(new ZipMap([3, -1, 7]), keys => keys.As<long>().ToArray());

    [Fact]
    public void A_map_becomes_the_same_vector()
    {
        var map = new OnnxMap(Numerics.Tensor.Vector("b", "a", "z"), Numerics.Tensor.Vector(5f, 4f, 9f));
        OnnxModel model = Model([new ValueInfo("x", map.Type)], "y", Node(new DictVectorizer(null, new ValueList<string>("c", "a", "b")), "x", "y"));
        model.OpsetImports[ClassicOperator.ClassicDomain] = 3;
        byte[] bytes = model.ToBytes();
        using IInferenceSession managed = new ManagedBackend().Load(bytes);
        Tensor<float> actual = ((OnnxTensor)managed.RunValues(new Dictionary<string, OnnxValue> { ["x"] = map })["y"]).Tensor.As<float>();
        using var session = new InferenceSession(bytes);
        using OrtValue keys = OrtValue.CreateFromStringTensor(new Microsoft.ML.OnnxRuntime.Tensors.DenseTensor<string>(new[] { "b", "a", "z" }, [3]));
        using OrtValue values = OrtValue.CreateTensorValueFromMemory(new[] { 5f, 4f, 9f }, [3]);
        OrtValue? keysOfMap = keys;
        OrtValue? valuesOfMap = values;
        using OrtValue input = OrtValue.CreateMap(ref keysOfMap, ref valuesOfMap);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, ["x"], [input], ["y"]);
        Assert.Equal(results[0].GetTensorTypeAndShape().Shape, actual.Shape.Dimensions.ToArray().Select(size => (long)size));
        Assert.Equal(results[0].GetTensorDataAsSpan<float>().ToArray(), actual.ToArray());
    }

    private static void AssertAgree<TKey>(ZipMap op, Func<Numerics.Tensor, TKey[]> keys)
        where TKey : notnull
    {
        OnnxModel model = Model([Floats("x", "N", 3)], "y", Node(op, "x", "y"));
        model.OpsetImports[ClassicOperator.ClassicDomain] = 3;
        byte[] bytes = model.ToBytes();
        Tensor<float> x = new RandomTensors(8).Float(4, 3);
        using IInferenceSession managed = new ManagedBackend().Load(bytes);
        OnnxMap[] actual = [.. ((OnnxSequence)managed.RunValues(new Dictionary<string, OnnxValue> { ["x"] = x })["y"]).Cast<OnnxMap>()];
        using var session = new InferenceSession(bytes);
        var input = new Microsoft.ML.OnnxRuntime.Tensors.DenseTensor<float>(x.ToArray(), [4, 3]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([NamedOnnxValue.CreateFromTensor("x", input)]);
        IDictionary<TKey, float>[] expected = [.. results[0].AsEnumerable<NamedOnnxValue>().Select(map => map.AsDictionary<TKey, float>())];
        Assert.Equal(expected.Length, actual.Length);
        foreach ((IDictionary<TKey, float> one, OnnxMap other) in expected.Zip(actual))
        {
            Assert.Equal(one.OrderBy(pair => pair.Key), keys(other.Keys).Zip(other.Values.As<float>().ToArray(), KeyValuePair.Create).OrderBy(pair => pair.Key));
        }
    }
}
