using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The input as a value that may be absent, or nothing.</summary>
internal static class OptionalOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Optional op, NodeContext node) => new Kernel(((OptionalType)node.OutputValueType(0)!).Element);

    private sealed class Kernel(OnnxType element) : ValueKernel
    {
        public override void Run(in ValueArguments arguments)
        {
            arguments.SetOutput(0, new OnnxOptional(element, arguments.HasInput(0) ? arguments.Inputs[0] : null));
        }
    }
}
