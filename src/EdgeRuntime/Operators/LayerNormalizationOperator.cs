using System.Numerics;
using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.LayerNormalization;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// y = scale · (x - mean) / √(variance + ε) + bias over the axes from one on. Sums are taken in float64 whatever <c>stash_type</c> is; the
/// statistics come out as that type.
/// </summary>
internal static class LayerNormalizationOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node)
    {
        if (op.StashType is not (ElementType.Float32 or ElementType.Float64) && (node.HasOutput(1) || node.HasOutput(2)))
        {
            throw node.UnsupportedType(op.StashType, "the statistics");
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
        private readonly bool _convertsStatistics = (op.StashType == ElementType.Float32) != (typeof(T) == typeof(float));

        public override bool CanOverwrite(int input) => input == 0;

        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) =>
            Layout.Of(op, inputs[0], inputs[1], inputs.Length > 2 ? inputs[2] : null, outputs.Length > 1 && _convertsStatistics).Total * Unsafe.SizeOf<T>();

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            if (x.Length == 0)
            {
                return;
            }

            bool hasBias = arguments.HasInput(2);
            var layout = Layout.Of(op, x, arguments.InputShape(1), hasBias ? arguments.InputShape(2) : null, arguments.OutputCount > 1 && _convertsStatistics);
            Span<T> scratch = arguments.Scratch<T>((int)layout.Total);
            ReadOnlySpan<T> scale = RowParameter.Read(arguments.Input<T>(1), arguments.InputShape(1), x, layout.Axis, scratch[..layout.Scale]);
            ReadOnlySpan<T> bias = hasBias ? RowParameter.Read(arguments.Input<T>(2), arguments.InputShape(2), x, layout.Axis, scratch.Slice(layout.Scale, layout.Bias)) : [];
            scratch = scratch[(layout.Scale + layout.Bias)..];
            Span<T> ones = scratch[..layout.Ones];
            ones.Fill(T.One);
            scratch = scratch[layout.Ones..];
            Span<T> mean = Statistic(arguments, 1, scratch[..layout.Statistics]);
            Span<T> inverseDeviation = Statistic(arguments, 2, scratch[layout.Statistics..]);
            Span<T> y = arguments.Output<T>(0);

            // Parameters that differ from row to row are applied behind the normalisation.
            bool isRowScale = RowParameter.IsSameForRows(arguments.InputShape(1), x, layout.Axis);
            bool isRowBias = isRowScale && (!hasBias || RowParameter.IsSameForRows(arguments.InputShape(2), x, layout.Axis));
            Normalization.LayerForward(
                arguments.Input<T>(0), isRowScale ? scale : ones, isRowBias ? bias : [], T.CreateTruncating(op.Epsilon), y, mean, inverseDeviation,
                x.Length / layout.Columns, layout.Columns, arguments.Workers);
            if (!isRowScale)
            {
                Repeat<Multiply>(y, scale, arguments.Workers);
            }

            if (!isRowBias)
            {
                Repeat<Add>(y, bias, arguments.Workers);
            }

            Convert(arguments, 1, mean);
            Convert(arguments, 2, inverseDeviation);
        }

        private static void Repeat<TOperation>(Span<T> y, ReadOnlySpan<T> parameter, WorkerPool workers)
            where TOperation : struct, IBinaryOperation
        {
            for (int start = 0; start < y.Length && !parameter.IsEmpty; start += parameter.Length)
            {
                Span<T> part = y.Slice(start, parameter.Length);
                ElementWise.Binary<TOperation, T>(default, part, parameter, part, workers);
            }
        }

        private Span<T> Statistic(in KernelArguments arguments, int output, Span<T> scratch) =>
            !arguments.HasOutput(output) ? [] : _convertsStatistics ? scratch : arguments.Output<T>(output);

        private void Convert(in KernelArguments arguments, int output, ReadOnlySpan<T> statistic)
        {
            for (int i = 0; i < statistic.Length && _convertsStatistics; i++)
            {
                if (op.StashType == ElementType.Float32)
                {
                    arguments.Output<float>(output)[i] = float.CreateTruncating(statistic[i]);
                }
                else
                {
                    arguments.Output<double>(output)[i] = double.CreateTruncating(statistic[i]);
                }
            }
        }
    }

    // Elements of scratch memory: the parameters written out, ones in place of a scale that follows, the statistics in the data's type.
    private readonly record struct Layout(int Axis, int Columns, int Scale, int Bias, int Ones, int Statistics)
    {
        public long Total => (long)Scale + Bias + Ones + (2L * Statistics);

        public static Layout Of(Record op, Shape x, Shape scale, Shape? bias, bool convertsStatistics)
        {
            int axis = x.NormalizeAxis(op.Axis);
            int columns = x.LengthOf(axis..);
            return new Layout(
                axis,
                columns,
                RowParameter.ScratchLength(scale, x, axis),
                bias is { } shape ? RowParameter.ScratchLength(shape, x, axis) : 0,
                RowParameter.IsSameForRows(scale, x, axis) ? 0 : columns,
                convertsStatistics ? x.LengthOf(..axis) : 0);
        }
    }
}
