using Toolkit.EdgeRuntime.Planning;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>What the branch gives that the condition chooses, where the shapes of both are known and the same.</summary>
internal sealed class BoundIfKernel(NodeContext node, StaticPlan?[] branches, Subprogram sample, ShapeSolver solver, int inputCount) : BoundControlKernel
{
    /// <inheritdoc/>
    public override long Bytes { get; } = BytesOf(sample, solver) + branches.Max(branch => branch is null ? 0 : branch.ArenaBytes + branch.SubgraphBytes);

    protected override State CreateState()
    {
        // Outputs that nobody wants have to be written somewhere.
        Tensor[] outputs = CreateOutputs(sample, solver);
        return new State(new Tensor[inputCount - 1], new Tensor[outputs.Length], [], outputs);
    }

    protected override void Run(in KernelArguments arguments, State state)
    {
        StaticPlan branch = branches[IfOperator.ConditionOf(arguments.InputTensor(0), node) ? 0 : 1]
            ?? throw node.BadValue("the branch that its condition chooses does not fit the shapes of what it reads.");
        for (int i = 0; i < state.Inputs.Length; i++)
        {
            state.Inputs[i] = arguments.InputTensor(i + 1);
        }

        for (int i = 0; i < state.Outputs.Length; i++)
        {
            state.Outputs[i] = arguments.HasOutput(i) ? arguments.OutputTensor(i) : state.Own[i];
        }

        branch.Run(state.Inputs, state.Outputs, arguments.Workers);
        Array.Clear(state.Outputs);
    }
}
