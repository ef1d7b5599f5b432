using Toolkit.Onnx;
using Xunit.Abstractions;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Runs ONNX's own backend tests: every model gives the outputs that ONNX says, or raises a typed exception.</summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    private const string Variable = "TOOLKIT_ONNX_TESTS";

    private const string Draws = "It expects the numbers that one generator draws; the definition leaves the generator to the runtime.";

    // Tests that expect what the definition's text does not say, each with the reason.
    private static readonly Dictionary<string, string> Deviations = new()
    {
        ["test_bernoulli"] = Draws,
        ["test_bernoulli_double"] = Draws,
        ["test_bernoulli_double_expanded"] = Draws,
        ["test_bernoulli_expanded"] = Draws,
        ["test_bernoulli_seed"] = Draws,
        ["test_bernoulli_seed_expanded"] = Draws,
        ["test_resize_downsample_scales_cubic_align_corners"] =
            "It divides by input size · scale - 1 = 2.2 where the definition, ONNX Runtime and we divide by the output's size - 1 = 2.",
    };

    [FactWithEnvironment(Variable)]
    public void Every_model_that_runs_gives_what_ONNX_says()
    {
        int passed = 0;
        int passedNodes = 0;
        var unsupported = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var failed = new List<string>();
        string[] models = Directory.GetFiles(Environment.GetEnvironmentVariable(Variable)!, "model.onnx", SearchOption.AllDirectories);
        foreach (string model in models.Order(StringComparer.Ordinal))
        {
            string folder = Path.GetDirectoryName(model)!;
            try
            {
                RunAll(folder, model);
                passed++;
                passedNodes += Path.GetFileName(Path.GetDirectoryName(folder)) == "node" ? 1 : 0;
            }
            catch (UnsupportedOperatorException exception)
            {
                string key = exception.OpType.Length > 0 ? exception.OpType : exception.Message[..Math.Min(60, exception.Message.Length)];
                unsupported[key] = unsupported.GetValueOrDefault(key) + 1;
                if (OperatorTable.Find("", exception.OpType) is not null)
                {
                    output.WriteLine($"unsupported {Path.GetFileName(folder)}: {exception.Message}");
                }
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                failed.Add($"{Path.GetFileName(folder)}: {exception.Message.ReplaceLineEndings(" ")}");
            }
        }

        output.WriteLine($"{models.Length} models: {passed} agree ({passedNodes} of them in node/), {unsupported.Values.Sum()} unsupported, {failed.Count} differ.");
        failed.ForEach(output.WriteLine);
        output.WriteLine(string.Join(", ", unsupported.Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.True(passed > 0);
        Assert.Equal(Deviations.Keys.Order(StringComparer.Ordinal), failed.Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
    }

    private static void RunAll(string folder, string model)
    {
        using IInferenceSession session = new ManagedBackend().Load(File.ReadAllBytes(model), new InferenceOptions { Threads = 1 });
        foreach (string data in Directory.GetDirectories(folder, "test_data_set_*"))
        {
            Dictionary<string, OnnxValue> inputs = session.Inputs.Select((input, i) => (input.Name, Value: Read(data, "input", i, input.Type))).ToDictionary(pair => pair.Name, pair => pair.Value);
            OrderedDictionary<string, OnnxValue> actual = session.RunValues(inputs);
            for (int i = 0; i < actual.Count; i++)
            {
                AssertClose(Read(data, "output", i, session.Outputs[i].Type), actual.GetAt(i).Value);
            }
        }
    }

    private static void AssertClose(OnnxValue expected, OnnxValue actual)
    {
        switch (expected, actual)
        {
            case (OnnxTensor a, OnnxTensor b):
                Elements.AssertClose(a.Tensor, b.Tensor, 1e-5, 1e-3);
                break;
            case (OnnxSequence a, OnnxSequence b):
                Assert.Equal(a.Count, b.Count);
                for (int i = 0; i < a.Count; i++)
                {
                    AssertClose(a[i], b[i]);
                }

                break;
            case (OnnxOptional { Value: { } a }, OnnxOptional { Value: { } b }):
                AssertClose(a, b);
                break;
            default:
                Assert.Equal(expected.ToString(), actual.ToString());
                break;
        }
    }

    private static OnnxValue Read(string folder, string role, int index, OnnxType type) => StoredValue.Read(File.ReadAllBytes(Path.Combine(folder, $"{role}_{index}.pb")), type);
}
