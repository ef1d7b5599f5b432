using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Blocks of channels as blocks of pixels: one strided copy.</summary>
internal static class DepthToSpaceOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.DepthToSpace op, NodeContext node) =>
        TypeDispatch.Element(node.InputType(0), new Factory((int)op.BlockSize, op.ColumnRowDepth)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory(int block, bool columnRowDepth) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(block, columnRowDepth);
    }

    private sealed class Kernel<T>(int block, bool columnRowDepth) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            if (x.Length == 0)
            {
                return;
            }

            int plane = x[2] * x[3];
            int channels = x[1] / (block * block);

            // In y's order: sample, channel, row, row in the block, column, column in the block.
            int channelStride = columnRowDepth ? block * block * plane : plane;
            int rowStride = block * (columnRowDepth ? plane : channels * plane);
            int columnStride = columnRowDepth ? plane : channels * plane;
            StridedCopy.Run(
                arguments.Input<T>(0), 0, [x[1] * plane, channelStride, x[3], rowStride, 1, columnStride], [x[0], channels, x[2], block, x[3], block], arguments.Output<T>(0));
        }
    }
}
