using Toolkit.EdgeRuntime.Tests;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.OnnxRuntime.Tests;

/// <summary>Models with subgraphs and sequences on ONNX Runtime and on the managed engine.</summary>
public sealed class ControlFlowDifferentialTests
{
    public static TheoryData<string> Names => [.. ControlFlowCases.All.Select(@case => @case.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ONNX_Runtime_agrees_with_what_the_managed_engine_gives(string name)
    {
        (_, OnnxModel model, (string Name, Tensor Value)[][] feeds) = ControlFlowCases.All.Single(@case => @case.Name == name);

        // Reading adds the types that were left to inference, which ONNX Runtime wants to see.
        byte[] bytes = OnnxModel.Parse(model.ToBytes()).ToBytes();
        using IInferenceSession ort = new OnnxRuntimeBackend().Load(bytes, new InferenceOptions { Threads = 1 });
        using IInferenceSession managed = new ManagedBackend().Load(bytes, new InferenceOptions { Threads = 1 });
        foreach ((string Name, Tensor Value)[] feed in feeds)
        {
            Dictionary<string, Tensor> inputs = feed.ToDictionary(pair => pair.Name, pair => pair.Value);
            OrderedDictionary<string, Tensor> expected = ort.Run(inputs);
            foreach ((string output, Tensor actual) in managed.Run(inputs))
            {
                Elements.AssertClose(expected[output], actual, 1e-5, 1e-5);
            }
        }
    }
}
