using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = a tensor that the model holds.</summary>
internal sealed class ConstantOperator(Tensor value) : OperatorKernel
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Constant op, NodeContext node) => new ConstantOperator(op.Value.Contiguous());

    /// <inheritdoc/>
    public override void Run(in KernelArguments arguments) => value.CopyTo(arguments.OutputTensor(0));
}
