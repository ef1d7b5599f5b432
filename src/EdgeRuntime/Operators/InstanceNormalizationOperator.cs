using System.Numerics;
using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.InstanceNormalization;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Each sample's channel, normalised alone: batch normalisation of one sample of N · C channels.</summary>
internal static class InstanceNormalizationOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op),
        ElementType.Float64 => new Kernel<double>(op),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(Record op) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Scale, bias, mean and variance of N · C channels.
        private const int Vectors = 4;

        public override bool CanOverwrite(int input) => input == 0;

        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (long)Vectors * inputs[0].LengthOf(..2) * Unsafe.SizeOf<T>();

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            if (x.Length == 0)
            {
                return;
            }

            int channels = x.LengthOf(..2);
            Span<T> scratch = arguments.Scratch<T>(Vectors * channels);
            Span<T> scale = scratch[..channels];
            Span<T> bias = scratch.Slice(channels, channels);
            for (int n = 0; n < x[0]; n++)
            {
                arguments.Input<T>(1).CopyTo(scale[(n * x[1])..]);
                arguments.Input<T>(2).CopyTo(bias[(n * x[1])..]);
            }

            Normalization.BatchTraining(
                arguments.Input<T>(0), scale, bias, T.CreateTruncating(op.Epsilon), arguments.Output<T>(0), scratch.Slice(2 * channels, channels), scratch[(3 * channels)..],
                1, channels, x.LengthOf(2..), arguments.Workers);
        }
    }
}
