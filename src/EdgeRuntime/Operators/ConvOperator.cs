using System.Numerics;
using Toolkit.EdgeRuntime.Fusion;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.Conv;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Y = activation(X ∗ W + B). Constant weights are packed when the model is loaded. More than two spatial axes are taken as a two-dimensional
/// convolution whose channels are the slices that the outer axes of the kernel see.
/// </summary>
internal static class ConvOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => Prepare(op, ActivationKind.None, node);

    /// <summary>The kernel of a node that carries its activation.</summary>
    public static OperatorKernel Prepare(FusedConv op, NodeContext node) => Prepare(op.Conv, op.Activation, node);

    private static OperatorKernel Prepare(Record op, ActivationKind activation, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 when node.Constant(1) is Tensor<float> { Length: > 0, Shape.Rank: <= 4 } weights => new PackedKernel(op, weights, activation),
        ElementType.Float32 => new Kernel<float>(op, activation),
        ElementType.Float64 => new Kernel<double>(op, activation),
        _ => throw node.UnsupportedType(0),
    };

    private static ReadOnlySpan<T> BiasOf<T>(in KernelArguments arguments) => arguments.HasInput(2) ? arguments.Input<T>(2) : [];

    private sealed class PackedKernel : OperatorKernel
    {
        private readonly Record _op;
        private readonly Shape _weightShape;
        private readonly PackedConvolution _weights;
        private readonly ActivationKind _activation;

        public PackedKernel(Record op, Tensor<float> weights, ActivationKind activation)
        {
            (_op, _weightShape, _activation) = (op, weights.Shape, activation);
            ConvolutionGeometry geometry = WindowGeometry.Convolution(op, (int)op.Group, weights.Shape, 1, weights.Shape[1] * (int)op.Group, weights.Shape);
            _weights = Convolution.Pack(geometry, weights.Span);
        }

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            Span<float> y = arguments.Output<float>(0);
            if (y.Length > 0)
            {
                ConvolutionGeometry geometry = WindowGeometry.Convolution(_op, (int)_op.Group, _weightShape, x[0], x[1], x);
                Convolution.Forward(geometry, arguments.Input<float>(0), _weights, BiasOf<float>(arguments), y, _activation, arguments.Workers);
            }
        }
    }

    private sealed class Kernel<T>(Record op, ActivationKind activation) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) =>
            inputs[0].Rank <= 4 ? 0 : FoldedAxes.ConvolutionScratch(inputs[0], inputs[1], outputs[0]) * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            Shape w = arguments.InputShape(1);
            Span<T> y = arguments.Output<T>(0);
            if (y.Length == 0)
            {
                return;
            }

            if (w.Length == 0)
            {
                // No input channels: the sum is empty.
                ChannelBias.Fill(y, BiasOf<T>(arguments), arguments.OutputShape(0).LengthOf(2..));
                ChannelBias.Activate(y, activation, arguments.Workers);
            }
            else if (x.Rank <= 4)
            {
                ConvolutionGeometry geometry = WindowGeometry.Convolution(op, (int)op.Group, w, x[0], x[1], x);
                Convolution.Forward(geometry, arguments.Input<T>(0), arguments.Input<T>(1), BiasOf<T>(arguments), y, activation, arguments.Workers);
            }
            else
            {
                FoldedAxes.Convolve(op, x, arguments.Input<T>(0), w, arguments.Input<T>(1), BiasOf<T>(arguments), arguments.OutputShape(0), y, activation, arguments);
            }
        }
    }
}
