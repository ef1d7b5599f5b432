using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The number of elements of a sequence.</summary>
internal static class SequenceLengthOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.SequenceLength op, NodeContext node) => new Kernel();

    private sealed class Kernel() : ValueKernel
    {
        public override void Run(in ValueArguments arguments)
        {
            arguments.SetOutput(0, new OnnxTensor(Tensor.Scalar((long)arguments.Sequence(0).Count)));
        }
    }
}
