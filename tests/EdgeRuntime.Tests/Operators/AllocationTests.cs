using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests.Operators;

public sealed class AllocationTests
{
    public static TheoryData<string> Groups => ["math", "reductions", "movement", "indices", "signals", "quantized"];

    [Theory]
    [MemberData(nameof(Groups))]
    public void No_operator_allocates_when_it_runs_on_shapes_that_are_known(string group)
    {
        int ran = 0;
        foreach (OperatorCase @case in CasesOf(group))
        {
            // The shape follows from the first input's values: a run that has to read them takes memory by design.
            if (@case.Operator is O.NonZero or O.Unique or O.Range or O.WindowFunctionOperator or O.MelWeightMatrix || @case.Inputs[0] is Tensor<string> or { Shape.Rank: 0 })
            {
                continue;
            }

            var builder = new ModelBuilder().Input("x", @case.Inputs[0]!.ElementType, SymbolicShape.From(@case.Inputs[0]!.Shape));
            string[] names = ["x", .. @case.Inputs.Skip(1).Select(tensor => tensor is null ? "" : builder.Constant(tensor))];
            string[] results = [.. Enumerable.Range(0, @case.Others.Length + 1).Select(i => $"y{i}")];
            using ManagedSession session = ManagedBackend.Compile(Build(builder.Node(@case.Operator, names, results).Output(results), @case.Operator.Domain), new InferenceOptions { Threads = 1 });
            Tensor[] inputs = [@case.Inputs[0]!];
            Tensor[] outputs = [.. new[] { @case.Expected }.Concat(@case.Others).Select(expected => Tensor.Create(expected.ElementType, expected.Shape))];
            session.Run(inputs, outputs);
            session.Run(inputs, outputs);
            TestAllocations.AssertNone(() => session.Run(inputs, outputs));
            ran++;
        }

        Assert.True(ran > 10, $"{ran}");
    }

    [Fact]
    public void A_draw_without_a_seed_allocates_nothing()
    {
        var builder = new ModelBuilder().Input("x", 4, 5);
        using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(new O.RandomNormalLike(), "x")).Build(), new InferenceOptions { Threads = 1 });
        Tensor[] inputs = [new Tensor<float>([4, 5])];
        Tensor[] outputs = [new Tensor<float>([4, 5])];
        session.Run(inputs, outputs);
        session.Run(inputs, outputs);
        TestAllocations.AssertNone(() => session.Run(inputs, outputs));
    }

    private static OnnxModel Build(ModelBuilder builder, string domain)
    {
        OnnxModel model = builder.Build();
        model.OpsetImports.TryAdd(domain, 1);
        return model;
    }

    private static IReadOnlyList<OperatorCase> CasesOf(string group) => group switch
    {
        "math" => MathCases.All,
        "reductions" => ReductionCases.All,
        "movement" => MovementCases.All,
        "indices" => IndexCases.All,
        "quantized" => ContribCases.All,
        _ => SignalCases.All,
    };
}
