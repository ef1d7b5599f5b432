using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>One element of a sequence.</summary>
internal static class SequenceAtOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.SequenceAt op, NodeContext node) => new Kernel(node);

    private sealed class Kernel(NodeContext node) : ValueKernel
    {
        public override void Run(in ValueArguments arguments)
        {
            OnnxSequence sequence = arguments.Sequence(0);
            arguments.SetOutput(0, sequence[SequencePosition.Read(arguments.Tensor(1), sequence.Count, sequence.Count - 1, node)]);
        }
    }
}
