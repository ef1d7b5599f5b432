using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A sequence without elements.</summary>
internal static class SequenceEmptyOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.SequenceEmpty op, NodeContext node) => new Kernel(op.Type);

    private sealed class Kernel(ElementType type) : ValueKernel
    {
        public override void Run(in ValueArguments arguments)
        {
            arguments.SetOutput(0, new OnnxSequence(new TensorType(type)));
        }
    }
}
