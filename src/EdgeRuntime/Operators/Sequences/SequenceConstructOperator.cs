using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A sequence of the inputs.</summary>
internal static class SequenceConstructOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.SequenceConstruct op, NodeContext node) => new Kernel(((SequenceType)node.OutputValueType(0)!).Element);

    private sealed class Kernel(OnnxType element) : ValueKernel
    {
        public override void Run(in ValueArguments arguments)
        {
            var elements = new OnnxValue[arguments.Inputs.Length];
            for (int i = 0; i < elements.Length; i++)
            {
                elements[i] = arguments.Inputs[i]!;
            }

            arguments.SetOutput(0, new OnnxSequence(element, elements));
        }
    }
}
