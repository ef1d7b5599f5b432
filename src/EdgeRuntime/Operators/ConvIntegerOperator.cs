namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The convolution of quantized elements in int32.</summary>
internal static class ConvIntegerOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.ConvInteger op, NodeContext node) => new Kernel(op);

    private sealed class Kernel(Onnx.Operators.ConvInteger op) : IntegerConvolution(op, zeroPointInput: 2, weightsZeroPointInput: 3)
    {
        protected override void Store(in KernelArguments arguments, Span<int> sums, int channel, int start) => sums.CopyTo(arguments.Output<int>(0)[start..]);
    }
}
