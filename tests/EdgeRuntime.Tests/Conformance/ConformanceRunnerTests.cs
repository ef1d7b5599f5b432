using Toolkit.EdgeRuntime.Conformance;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Relu = Toolkit.Onnx.Operators.Relu;

namespace Toolkit.EdgeRuntime.Tests.Conformance;

public sealed class ConformanceRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("toolkit-conformance-").FullName;

    [Fact]
    public void A_case_passes_when_every_set_of_data_agrees()
    {
        Write("test_relu", 0, [-1, 2], [0, 2]);
        Write("test_relu", 1, [3, -4], [3, 0]);

        ConformanceReport report = Run(new ManagedBackend());

        Assert.Equal((1, 1, 0, 0, 100.0), (report.Total, report.Passed, report.Failed, report.Unsupported, report.PassedPercent));
        Assert.Equal("managed", report.Backend);
    }

    [Fact]
    public void A_difference_names_the_set_the_output_and_the_element()
    {
        Write("test_relu", 0, [-1, 2], [0, 2]);
        Write("test_relu", 1, [3, -4], [3, 1]);

        ConformanceResult result = Assert.Single(Run(new ManagedBackend()).Results);

        Assert.Equal(ConformanceOutcome.Failed, result.Outcome);
        Assert.Equal("node/test_relu: test_data_set_1: output 'y': 1 of 2 elements differ, the first is element 1: expected 1, got 0", result.ToString());
    }

    [Fact]
    public void A_refusal_is_unsupported_and_anything_else_that_is_thrown_is_a_failure()
    {
        Write("test_relu", 0, [-1, 2], [0, 2]);

        ConformanceResult refused = Assert.Single(Run(new StubBackend(() => throw new UnsupportedOperatorException("not this"))).Results);
        ConformanceResult thrown = Assert.Single(Run(new StubBackend(() => throw new InvalidOperationException("a\nb"))).Results);

        Assert.Equal((ConformanceOutcome.Unsupported, "not this"), (refused.Outcome, refused.Reason));
        Assert.Equal((ConformanceOutcome.Failed, "threw InvalidOperationException: a b"), (thrown.Outcome, thrown.Reason));
    }

    [Fact]
    public void A_case_that_does_not_end_fails_and_the_next_one_runs()
    {
        Write("test_a", 0, [-1, 2], [0, 2]);
        Write("test_b", 0, [-1, 2], [0, 2]);
        using var never = new ManualResetEventSlim();
        int loads = 0;
        var backend = new StubBackend(() =>
        {
            if (Interlocked.Increment(ref loads) == 1)
            {
                never.Wait();
            }

            throw new UnsupportedOperatorException("not this");
        });

        ConformanceReport report = new ConformanceRunner(backend, new ConformanceOptions { Deadline = TimeSpan.FromMilliseconds(50) }).Run(ConformanceCase.Find(_folder));
        never.Set();

        Assert.Equal([ConformanceOutcome.Failed, ConformanceOutcome.Unsupported], report.Results.Select(result => result.Outcome));
        Assert.Contains("did not end within", report.Results[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backend_that_is_not_there_is_no_failure_of_a_case()
    {
        Write("test_relu", 0, [-1, 2], [0, 2]);

        Assert.Throws<PlatformNotSupportedException>(() => Run(new StubBackend(() => throw new InvalidOperationException(), "no library")));
    }

    [Fact]
    public void Cancellation_stops_it()
    {
        Write("test_relu", 0, [-1, 2], [0, 2]);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => new ConformanceRunner(new ManagedBackend()).Run(ConformanceCase.Find(_folder), null, cancelled.Token));
    }

    [Fact]
    public void A_case_that_lacks_an_input_or_an_output_fails()
    {
        Write("test_relu", 0, [-1, 2], [0, 2]);
        string data = Path.Combine(_folder, "node", "test_relu", "test_data_set_0");
        File.Copy(Path.Combine(data, "output_0.pb"), Path.Combine(data, "output_1.pb"));
        Assert.Contains("expected 2 outputs, got 1", Assert.Single(Run(new ManagedBackend()).Results).Reason, StringComparison.Ordinal);

        File.Delete(Path.Combine(data, "input_0.pb"));
        Assert.Contains("input_0.pb", Assert.Single(Run(new ManagedBackend()).Results).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Cases_are_found_at_any_depth_and_sorted()
    {
        foreach (string name in new[] { "b/test_x", "a/test_y", "a/test_b" })
        {
            StoredFloats.WriteCase(Path.Combine(_folder, "data", name), ReluModel(), [], []);
        }

        Directory.CreateDirectory(Path.Combine(_folder, "no_case"));
        File.WriteAllBytes(Path.Combine(_folder, "no_case", "model.onnx"), ReluModel());

        Assert.Equal(["a/test_b", "a/test_y", "b/test_x"], ConformanceCase.Find(_folder).Select(found => found.ToString()));
        Assert.Throws<DirectoryNotFoundException>(() => ConformanceCase.Find(Path.Combine(_folder, "absent")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] ReluModel()
    {
        var graph = new OnnxGraph();
        graph.Inputs.Add(new ValueInfo("x", ElementType.Float32, SymbolicShape.From(new Shape(2))));
        graph.Nodes.Add(new OnnxNode("relu", new Relu(), ["x"], ["y"]));
        graph.Outputs.Add(new ValueInfo("y", ElementType.Float32, null));
        return new OnnxModel(graph).ToBytes();
    }

    private void Write(string name, int set, float[] input, float[] output) => StoredFloats.WriteCase(
        Path.Combine(_folder, "node", name), ReluModel(), [StoredFloats.Of([2], input)], [StoredFloats.Of([2], output)], set);

    private ConformanceReport Run(IInferenceBackend backend) => new ConformanceRunner(backend).Run(ConformanceCase.Find(_folder));
}
