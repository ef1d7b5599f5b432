using System.Numerics;
using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.BatchNormalization;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// y = scale · (x - mean) / √(variance + ε) + bias, a channel at a time, with the statistics that the model holds, or in training with those of x,
/// which also move the running ones.
/// </summary>
internal static class BatchNormalizationOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node)
    {
        for (int input = 1; input < node.InputCount; input++)
        {
            if (node.InputType(input) != node.InputType(0))
            {
                throw node.Unsupported("statistics and parameters of another type than the data are not supported; cast them.");
            }
        }

        return node.InputType(0) switch
        {
            ElementType.Float32 => op.IsTraining ? new TrainingKernel<float>(op, node) : new Kernel<float>(op),
            ElementType.Float64 => op.IsTraining ? new TrainingKernel<double>(op, node) : new Kernel<double>(op),
            _ => throw node.UnsupportedType(0),
        };
    }

    private sealed class Kernel<T>(Record op) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool CanOverwrite(int input) => input == 0;

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            if (x.Length > 0)
            {
                Normalization.BatchInference(
                    arguments.Input<T>(0), arguments.Input<T>(1), arguments.Input<T>(2), arguments.Input<T>(3), arguments.Input<T>(4), T.CreateTruncating(op.Epsilon),
                    arguments.Output<T>(0), x[0], ChannelsOf(op, x), SizeOf(op, x), arguments.Workers);
            }
        }
    }

    // Statistics for each activation are those of as many channels, each of one element.
    private static int ChannelsOf(Record op, Shape x) => op.IsPerActivation ? x.LengthOf(1..) : x[1];

    private static int SizeOf(Record op, Shape x) => op.IsPerActivation ? 1 : x.LengthOf(2..);

    private sealed class TrainingKernel<T>(Record op, NodeContext node) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 2L * ChannelsOf(op, inputs[0]) * Unsafe.SizeOf<T>();

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            int channels = ChannelsOf(op, x);
            int size = SizeOf(op, x);
            if (channels == 0)
            {
                return;
            }

            if (x.Length == 0)
            {
                throw node.BadValue($"expected elements to take statistics of, got {x}.");
            }

            Span<T> statistics = arguments.Scratch<T>(2 * channels);
            Span<T> mean = statistics[..channels];
            Span<T> variance = statistics[channels..];
            Normalization.BatchTraining(
                arguments.Input<T>(0), arguments.Input<T>(1), arguments.Input<T>(2), T.CreateTruncating(op.Epsilon), arguments.Output<T>(0), mean, variance, x[0], channels, size, arguments.Workers);
            Move(arguments, 1, 3, mean);
            Move(arguments, 2, 4, variance);
            Keep(arguments, 3, mean);
            Keep(arguments, 4, variance);
        }

        private void Move(in KernelArguments arguments, int output, int input, ReadOnlySpan<T> statistic)
        {
            if (!arguments.HasOutput(output))
            {
                return;
            }

            T kept = T.CreateTruncating(op.Momentum);
            T added = T.CreateTruncating(1 - (double)op.Momentum);
            ReadOnlySpan<T> given = arguments.Input<T>(input);
            Span<T> moved = arguments.Output<T>(output);
            for (int c = 0; c < moved.Length; c++)
            {
                moved[c] = (given[c] * kept) + (statistic[c] * added);
            }
        }

        private static void Keep(in KernelArguments arguments, int output, ReadOnlySpan<T> statistic)
        {
            if (arguments.HasOutput(output))
            {
                statistic.CopyTo(arguments.Output<T>(output));
            }
        }
    }
}
