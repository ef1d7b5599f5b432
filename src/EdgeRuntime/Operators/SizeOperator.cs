namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = the number of x's elements, int64.</summary>
internal sealed class SizeOperator : OperatorKernel
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Size op, NodeContext node) => new SizeOperator();

    /// <inheritdoc/>
    public override void Run(in KernelArguments arguments) => arguments.Output<long>(0)[0] = arguments.InputTensor(0).Length;
}
