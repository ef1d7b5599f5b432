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
        if ((node.HasOutput(1) || node.HasOutput(2)) && op.StashType != node.InputType(0))
        {
            throw node.Unsupported($"statistics of type {op.StashType} for data of type {node.InputType(0)} are not supported; leave the outputs Mean and InvStdDev out.");
        }

        return node.InputType(0) switch
        {
            ElementType.Float32 => new Kernel<float>(op, node),
            ElementType.Float64 => new Kernel<double>(op, node),
            _ => throw node.UnsupportedType(0),
        };
    }

    private sealed class Kernel<T>(Record op, NodeContext node) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool CanOverwrite(int input) => input == 0;

        // Parameters that are repeated along normalised axes are written out.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs)
        {
            long columns = inputs[0].LengthOf(inputs[0].NormalizeAxis(op.Axis)..);
            bool isWhole = inputs[1].Length == columns && (inputs.Length < 3 || inputs[2].Length == columns);
            return isWhole ? 0 : 2 * columns * Unsafe.SizeOf<T>();
        }

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            if (x.Length == 0)
            {
                return;
            }

            int axis = x.NormalizeAxis(op.Axis);
            int columns = x.LengthOf(axis..);
            ReadOnlySpan<T> scale = Parameter(arguments, 1, x, axis, columns);
            ReadOnlySpan<T> bias = arguments.HasInput(2) ? Parameter(arguments, 2, x, axis, columns) : [];
            Span<T> mean = arguments.HasOutput(1) ? arguments.Output<T>(1) : [];
            Span<T> inverseDeviation = arguments.HasOutput(2) ? arguments.Output<T>(2) : [];
            Normalization.LayerForward(
                arguments.Input<T>(0), scale, bias, T.CreateTruncating(op.Epsilon), arguments.Output<T>(0), mean, inverseDeviation, x.Length / columns, columns, arguments.Workers);
        }

        private ReadOnlySpan<T> Parameter(in KernelArguments arguments, int input, Shape x, int axis, int columns)
        {
            Shape shape = arguments.InputShape(input);
            if (shape.Length == columns)
            {
                return arguments.Input<T>(input);
            }

            if (shape.Rank > x.Rank - axis && shape.LengthOf(..^(x.Rank - axis)) != 1)
            {
                throw node.Unsupported($"parameters that differ from row to row ({shape} for data {x}) are not supported; use Mul and Add behind the node.");
            }

            Span<int> strides = stackalloc int[Shape.MaxRank];
            BroadcastLoop.FillStrides(shape, Math.Max(x.Rank, shape.Rank), strides);
            Span<T> whole = arguments.Scratch<T>(2 * columns).Slice((input - 1) * columns, columns);
            StridedCopy.Run(arguments.Input<T>(input), 0, strides[axis..x.Rank], x.Dimensions[axis..], whole);
            return whole;
        }
    }
}
