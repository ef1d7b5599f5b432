using System.Numerics;
using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.GroupNormalization;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Each sample's group of channels, normalised alone, then every channel's factor and summand. Sums are taken in float64 whatever <c>stash_type</c> is.</summary>
internal static class GroupNormalizationOperator
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
        public override bool CanOverwrite(int input) => input == 0;

        // A factor and a summand, a mean and a variance: of N · groups in the first pass, of C in the second.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 4L * VectorLength(inputs[0]) * Unsafe.SizeOf<T>();

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            if (x.Length == 0)
            {
                return;
            }

            int length = VectorLength(x);
            Span<T> scratch = arguments.Scratch<T>(4 * length);
            int groups = x[0] * (int)op.NumGroups;
            Span<T> y = arguments.Output<T>(0);
            scratch[..length].Fill(T.One);
            scratch.Slice(length, length).Clear();
            Normalization.BatchTraining(
                arguments.Input<T>(0), scratch[..groups], scratch.Slice(length, groups), T.CreateTruncating(op.Epsilon), y, scratch.Slice(2 * length, groups), scratch.Slice(3 * length, groups),
                1, groups, x.Length / groups, arguments.Workers);
            int channels = x[1];
            Normalization.BatchInference(
                y, arguments.Input<T>(1), arguments.Input<T>(2), scratch.Slice(length, channels), scratch[..channels], T.Zero, y, x[0], channels, x.LengthOf(2..), arguments.Workers);
        }

        private int VectorLength(Shape x) => Math.Max(x[0] * (int)op.NumGroups, x[1]);
    }
}
