using System.Numerics;
using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.RMSNormalization;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = scale · x / √(mean(x²) + ε) over the axes from one on. Sums are taken in float64 whatever <c>stash_type</c> is.</summary>
internal static class RMSNormalizationOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(1) != node.InputType(0) ? throw node.UnsupportedType(1) : node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op),
        ElementType.Float64 => new Kernel<double>(op),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(Record op) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool CanOverwrite(int input) => input == 0;

        // The parameter as it is used, and where it differs from row to row a row of ones.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (long)ScratchLength(inputs[0], inputs[1]) * Unsafe.SizeOf<T>();

        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            if (x.Length == 0)
            {
                return;
            }

            int axis = x.NormalizeAxis(op.Axis);
            int columns = x.LengthOf(axis..);
            Span<T> y = arguments.Output<T>(0);
            Span<T> scratch = arguments.Scratch<T>(ScratchLength(x, arguments.InputShape(1)));
            ReadOnlySpan<T> scale = RowParameter.Read(arguments.Input<T>(1), arguments.InputShape(1), x, axis, scratch);
            bool isRow = RowParameter.IsSameForRows(arguments.InputShape(1), x, axis);
            Span<T> ones = isRow ? default : scratch.Slice(x.Length, columns);
            ones.Fill(T.One);
            Normalization.RootMeanSquare(arguments.Input<T>(0), isRow ? scale : ones, T.CreateTruncating(op.Epsilon), y, x.Length / columns, columns, arguments.Workers);
            if (!isRow)
            {
                ElementWise.Binary<Multiply, T>(default, y, scale, y, arguments.Workers);
            }
        }

        private int ScratchLength(Shape x, Shape scale)
        {
            int axis = x.NormalizeAxis(op.Axis);
            return RowParameter.ScratchLength(scale, x, axis) + (RowParameter.IsSameForRows(scale, x, axis) ? 0 : x.LengthOf(axis..));
        }
    }
}
