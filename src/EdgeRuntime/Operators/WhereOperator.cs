using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = condition ? x : y, broadcast three ways.</summary>
internal static class WhereOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Where op, NodeContext node) =>
        TypeDispatch.Element(node.InputType(1), default(Factory)) ?? throw node.UnsupportedType(1);

    private readonly struct Factory : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>();
    }

    private sealed class Kernel<T> : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<bool> condition = arguments.Input<bool>(0);
            ReadOnlySpan<T> x = arguments.Input<T>(1);
            ReadOnlySpan<T> y = arguments.Input<T>(2);
            Span<T> z = arguments.Output<T>(0);
            Shape shape = arguments.OutputShape(0);
            int rank = shape.Rank;
            Span<int> strides = stackalloc int[3 * Shape.MaxRank];
            Span<int> index = stackalloc int[Shape.MaxRank];
            Span<int> offsets = stackalloc int[3];
            index.Clear();
            offsets.Clear();
            for (int input = 0; input < 3; input++)
            {
                BroadcastLoop.FillStrides(arguments.InputShape(input), rank, strides[(input * Shape.MaxRank)..]);
            }

            int columns = rank == 0 ? 1 : shape[^1];
            int last = Math.Max(0, rank - 1);
            (int c, int a, int b) = rank == 0 ? (0, 0, 0) : (strides[last], strides[Shape.MaxRank + last], strides[(2 * Shape.MaxRank) + last]);
            for (int row = 0; row < z.Length; row += columns)
            {
                for (int i = 0; i < columns; i++)
                {
                    z[row + i] = condition[offsets[0] + (i * c)] ? x[offsets[1] + (i * a)] : y[offsets[2] + (i * b)];
                }

                for (int axis = rank - 2; axis >= 0; axis--)
                {
                    bool wraps = ++index[axis] == shape[axis];
                    for (int input = 0; input < 3; input++)
                    {
                        int stride = strides[(input * Shape.MaxRank) + axis];
                        offsets[input] += wraps ? stride - (stride * shape[axis]) : stride;
                    }

                    if (!wraps)
                    {
                        break;
                    }

                    index[axis] = 0;
                }
            }
        }
    }
}
