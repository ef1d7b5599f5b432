using Toolkit.Numerics;

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
