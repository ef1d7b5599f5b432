using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A sequence with one more tensor.</summary>
internal static class SequenceInsertOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.SequenceInsert op, NodeContext node) => new Kernel(node);

    private sealed class Kernel(NodeContext node) : ValueKernel
    {
        public override void Run(in ValueArguments arguments)
        {
            OnnxSequence sequence = arguments.Sequence(0);
            int position = arguments.HasInput(2) ? SequencePosition.Read(arguments.Tensor(2), sequence.Count, sequence.Count, node) : sequence.Count;
            if (sequence.Bytes + arguments.Inputs[1]!.Bytes > arguments.Budget)
            {
                throw node.BadValue("the sequence takes more memory than the run has left of OnnxLimits.MaxPlanBytes.");
            }

            arguments.SetOutput(0, sequence.Insert(position, arguments.Inputs[1]!));
        }
    }
}
