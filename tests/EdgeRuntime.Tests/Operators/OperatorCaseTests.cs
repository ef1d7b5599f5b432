using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Tests.Operators;

public sealed class OperatorCaseTests
{
    public static TheoryData<string> Names => [.. OperatorCases.All.Select(@case => @case.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_operator_gives_what_its_definition_says(string name)
    {
        OperatorCase @case = OperatorCases.Get(name);
        using ManagedSession session = ManagedBackend.Compile(@case.ToModel(constants: false));
        @case.AssertOutputs(session.Run(@case.Feeds()));
    }

    [Fact]
    public void No_operator_over_spatial_axes_or_sequences_allocates_when_it_runs()
    {
        foreach (OperatorCase @case in SpatialCases.All.Concat(RecurrentCases.All))
        {
            // Lists that say how large the output is are constants: a run that has to read them first takes memory by design.
            var builder = new ModelBuilder();
            string[] names = [.. @case.Inputs.Select((tensor, i) =>
            {
                if (tensor is null || i > 0)
                {
                    return tensor is null ? "" : builder.Constant(tensor);
                }

                builder.Input("x", tensor.ElementType, SymbolicShape.From(tensor.Shape));
                return "x";
            })];
            if (@case.Operator is Onnx.Operators.ConstantOfShape)
            {
                continue;
            }

            string[] results = [.. Enumerable.Range(0, @case.Others.Length + 1).Select(i => $"y{i}")];
            using ManagedSession session = ManagedBackend.Compile(builder.Node(@case.Operator, names, results).Output(results).Build(), new InferenceOptions { Threads = 1 });
            Tensor[] inputs = [@case.Inputs[0]!];
            Tensor[] outputs = [.. new[] { @case.Expected }.Concat(@case.Others).Select(expected => Tensor.Create(expected.ElementType, expected.Shape))];
            session.Run(inputs, outputs);
            session.Run(inputs, outputs);
            TestAllocations.AssertNone(() => session.Run(inputs, outputs));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_operator_on_constants_folds_to_the_same(string name)
    {
        OperatorCase @case = OperatorCases.Get(name);
        using ManagedSession session = ManagedBackend.Compile(@case.ToModel(constants: true));
        Assert.Empty(session.Program.Nodes);
        @case.AssertOutputs(session.Run(new Dictionary<string, Tensor>()));
    }
}
