using Toolkit.EdgeRuntime.Planning;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>What the subgraph gives that the condition chooses.</summary>
internal static class IfOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.If op, NodeContext node) => new Kernel(node, node.CompileSubgraphs());

    private sealed class Kernel(NodeContext node, Subprogram?[] branches) : ControlKernel
    {
        public override IReadOnlyList<Subprogram?> Subprograms => branches;

        public override void Run(in ValueArguments arguments)
        {
            bool condition = ConditionOf(arguments.Tensor(0), node);
            Subprogram branch = branches[condition ? 0 : 1] ?? throw node.BadValue("the branch that its condition chooses does not fit the shapes of what it reads.");
            OnnxValue[] results = branch.Run(Feed([], arguments.Inputs[1..]), arguments.Budget, arguments.Workers);
            for (int i = 0; i < arguments.OutputCount; i++)
            {
                arguments.SetOutput(i, results[i]);
            }
        }
    }

    /// <summary>The one element of a condition.</summary>
    public static bool ConditionOf(Tensor condition, NodeContext node) => condition.Length == 1
        ? condition.As<bool>().Span[0]
        : throw node.BadValue($"expected a condition of one element, got {condition.Shape}.");
}
