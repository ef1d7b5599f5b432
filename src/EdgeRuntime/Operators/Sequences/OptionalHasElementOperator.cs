using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Whether an optional holds a value.</summary>
internal static class OptionalHasElementOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.OptionalHasElement op, NodeContext node) => new Kernel();

    private sealed class Kernel() : ValueKernel
    {
        public override void Run(in ValueArguments arguments)
        {
            bool has = arguments.HasInput(0) && arguments.Inputs[0] is not OnnxOptional { Value: null };
            arguments.SetOutput(0, new OnnxTensor(Tensor.Scalar(has)));
        }
    }
}
