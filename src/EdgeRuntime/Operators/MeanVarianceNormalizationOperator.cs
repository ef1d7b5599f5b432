using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = (x - mean) / (standard deviation + 1e-9), both over axes, in float64; the deviation from the centred values.</summary>
internal static class MeanVarianceNormalizationOperator
{
    private const double Epsilon = 1e-9;

    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.MeanVarianceNormalization op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op.NormalizedAxes),
        ElementType.Float64 => new Kernel<double>(op.NormalizedAxes),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(IntList axes) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool CanOverwrite(int input) => true;

        // The means and the sums of squares; as many as elements at most.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 2L * GroupsOf(inputs[0]) * sizeof(double);

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            Shape shape = arguments.InputShape(0);
            int groups = GroupsOf(shape);
            Span<double> means = arguments.Scratch<double>(2 * groups);
            means.Clear();
            Span<double> squares = means[groups..];
            Span<bool> reduced = stackalloc bool[Shape.MaxRank];
            Span<int> sizes = stackalloc int[ReducedAxes.MaxRank];
            Span<int> strides = stackalloc int[ReducedAxes.MaxRank];
            Span<int> index = stackalloc int[ReducedAxes.MaxRank];
            Mark(shape, reduced);
            int rank = ReducedAxes.Collapse(shape, reduced, sizes, strides, out int count);
            for (int pass = 0; pass < 3; pass++)
            {
                var rows = new ReducedRows(sizes[..rank], strides[..rank], index, x.Length);
                while (rows.MoveNext())
                {
                    int step = rows.RowIsReduced ? 0 : 1;
                    for (int i = 0; i < rows.Columns; i++)
                    {
                        int group = rows.Offset + (i * step);
                        double value = double.CreateTruncating(x[rows.Start + i]);
                        double centred = value - (means[group] / count);
                        if (pass == 0)
                        {
                            means[group] += value;
                        }
                        else if (pass == 1)
                        {
                            squares[group] += centred * centred;
                        }
                        else
                        {
                            y[rows.Start + i] = T.CreateTruncating(centred / (Math.Sqrt(squares[group] / count) + Epsilon));
                        }
                    }
                }
            }
        }

        private void Mark(Shape shape, Span<bool> reduced)
        {
            reduced.Clear();
            foreach (long axis in axes.Values)
            {
                reduced[shape.NormalizeAxis((int)axis)] = true;
            }
        }

        private int GroupsOf(Shape shape)
        {
            Span<bool> reduced = stackalloc bool[Shape.MaxRank];
            Mark(shape, reduced);
            int groups = 1;
            for (int axis = 0; axis < shape.Rank; axis++)
            {
                groups *= reduced[axis] ? 1 : shape[axis];
            }

            return groups;
        }
    }
}
