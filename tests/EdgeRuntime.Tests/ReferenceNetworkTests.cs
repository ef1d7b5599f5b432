using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Tests.Networks;

namespace Toolkit.EdgeRuntime.Tests;

public sealed class ReferenceNetworkTests
{
    private static readonly string[] Shipped = ["mnist-mlp", "mnist-cnn", "lenet5"];

    public static TheoryData<string, int> NamesAndBatches()
    {
        var data = new TheoryData<string, int>();
        foreach (string name in Shipped.Concat(ReferenceNetworks.Names))
        {
            data.Add(name, 1);
            data.Add(name, 17);
        }

        return data;
    }

    public static TheoryData<string> Generated() => [.. ReferenceNetworks.Names];

    [Theory]
    [MemberData(nameof(NamesAndBatches))]
    public void Results_do_not_depend_on_the_number_of_threads_and_a_run_allocates_nothing(string name, int batch)
    {
        OnnxModel model = Load(name);
        float[]? expected = null;
        foreach (int threads in (int[])[1, 2, 3])
        {
            using ManagedSession session = ManagedBackend.Compile(model, new InferenceOptions { Threads = threads });
            Tensor x = new RandomTensors(5).Float([.. session.Inputs[0].Shape!.Dimensions.ToArray().Select(dimension => (int)(dimension.Size ?? batch))]);
            var y = Tensor.Create(ElementType.Float32, session.InferOutputShapes([x.Shape])[0]!.Value);
            TestAllocations.AssertNone(() => session.Run([x], [y]));
            float[] actual = y.As<float>().ToArray();
            expected ??= actual;
            Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Theory]
    [MemberData(nameof(Generated))]
    public void Results_are_the_same_to_1e_5_of_the_greatest_without_any_pass(string name)
    {
        OnnxModel model = Load(name);
        float[] with = Run([]);
        float[] without = Run(ManagedBackend.PassNames);
        float scale = with.Max(Math.Abs);
        Assert.All(with.Zip(without), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-5f * scale, $"{pair} beside {scale}"));

        float[] Run(IReadOnlyList<string> disabled)
        {
            using ManagedSession session = ManagedBackend.Compile(model, new InferenceOptions { DisabledPasses = disabled.ToHashSet() });
            Tensor x = new RandomTensors(5).Float([.. session.Inputs[0].Shape!.Dimensions.ToArray().Select(dimension => (int)(dimension.Size ?? 2))]);
            return session.Run(new Dictionary<string, Tensor> { ["x"] = x }).GetAt(0).Value.As<float>().ToArray();
        }
    }

    [Fact]
    public void The_same_bytes_are_written_each_time() => Assert.Equal(ReferenceNetworks.MobileNet().ToBytes(), ReferenceNetworks.MobileNet().ToBytes());

    private static OnnxModel Load(string name)
    {
        if (ReferenceNetworks.Names.Contains(name))
        {
            return ReferenceNetworks.Create(name);
        }

        string? directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory!, "Toolkit.sln")))
        {
            directory = Path.GetDirectoryName(directory);
        }

        return OnnxModel.Load(Path.Combine(directory!, "models", name, "model.onnx"));
    }
}
