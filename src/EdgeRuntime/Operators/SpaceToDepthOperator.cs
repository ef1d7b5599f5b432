using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Blocks of pixels as blocks of channels: one strided copy.</summary>
internal static class SpaceToDepthOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.SpaceToDepth op, NodeContext node) =>
        TypeDispatch.Element(node.InputType(0), new Factory((int)op.BlockSize)) ?? throw node.UnsupportedType(0);

    private readonly struct Factory(int block) : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>(block);
    }

    private sealed class Kernel<T>(int block) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            if (x.Length == 0)
            {
                return;
            }

            // In y's order: sample, row in the block, column in the block, channel, row, column.
            int plane = x[2] * x[3];
            StridedCopy.Run(
                arguments.Input<T>(0), 0, [x[1] * plane, x[3], 1, plane, block * x[3], block], [x[0], block, block, x[1], x[2] / block, x[3] / block], arguments.Output<T>(0));
        }
    }
}
