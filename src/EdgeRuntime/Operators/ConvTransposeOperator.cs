using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.ConvTranspose;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Y = the transpose of a convolution, of X, plus a bias a channel.</summary>
internal static class ConvTransposeOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node)
    {
        for (int axis = 0; axis < op.OutputPadding?.Count; axis++)
        {
            if (op.OutputPadding[axis] >= op.Stride(axis) && op.OutputPadding[axis] > 0)
            {
                throw node.Unsupported(
                    $"an output_padding of {op.OutputPadding[axis]} with a stride of {op.Stride(axis)} is not supported (output_shape counts towards it); use one that is smaller than the stride.");
            }
        }

        return node.InputType(0) switch
        {
            ElementType.Float32 => new Kernel<float>(op),
            ElementType.Float64 => new Kernel<double>(op),
            _ => throw node.UnsupportedType(0),
        };
    }

    private sealed class Kernel<T>(Record op) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) =>
            inputs[0].Rank <= 4 ? 0 : FoldedAxes.TransposedScratch(inputs[0], inputs[1], outputs[0]) * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            Shape w = arguments.InputShape(1);
            Shape target = arguments.OutputShape(0);
            Span<T> y = arguments.Output<T>(0);
            ReadOnlySpan<T> bias = arguments.HasInput(2) ? arguments.Input<T>(2) : [];
            if (y.Length == 0)
            {
                return;
            }

            if (w.Length == 0 || arguments.Input<T>(0).Length == 0)
            {
                ChannelBias.Fill(y, bias, target.LengthOf(2..));
            }
            else if (x.Rank <= 4)
            {
                ConvolutionGeometry geometry = WindowGeometry.Convolution(op, (int)op.Group, w, x[0], target[1], target);
                Convolution.ForwardTransposed(geometry, arguments.Input<T>(0), arguments.Input<T>(1), bias, y, ActivationKind.None, arguments.Workers);
            }
            else
            {
                FoldedAxes.ConvolveTransposed(op, x, arguments.Input<T>(0), w, arguments.Input<T>(1), bias, target, y, arguments);
            }
        }
    }
}
