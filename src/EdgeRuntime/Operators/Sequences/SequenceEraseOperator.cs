using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A sequence without one of its elements.</summary>
internal static class SequenceEraseOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.SequenceErase op, NodeContext node) => new Kernel(node);

    private sealed class Kernel(NodeContext node) : ValueKernel
    {
        public override void Run(in ValueArguments arguments)
        {
            OnnxSequence sequence = arguments.Sequence(0);
            if (sequence.Count == 0)
            {
                throw node.BadValue("expected a sequence with elements, got an empty one.");
            }

            int position = arguments.HasInput(1) ? SequencePosition.Read(arguments.Tensor(1), sequence.Count, sequence.Count - 1, node) : sequence.Count - 1;
            arguments.SetOutput(0, sequence.RemoveAt(position));
        }
    }
}
