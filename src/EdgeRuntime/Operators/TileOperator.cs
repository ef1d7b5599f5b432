using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x repeated along each axis.</summary>
internal static class TileOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Tile op, NodeContext node) => IntegerInput.Accepts(node.InputType(1))
        ? TypeDispatch.Element(node.InputType(0), default(Factory)) ?? throw node.UnsupportedType(0)
        : throw node.UnsupportedType(1);

    private readonly struct Factory : IElementFactory
    {
        public OperatorKernel Create<T>() => new Kernel<T>();
    }

    private sealed class Kernel<T> : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            Shape from = arguments.InputShape(0);
            Shape to = arguments.OutputShape(0);
            if (y.Length == 0 || to.Rank == 0)
            {
                x[..y.Length].CopyTo(y);
                return;
            }

            int columns = from[^1];
            Span<int> index = stackalloc int[Shape.MaxRank];
            index.Clear();
            for (int row = 0; row < y.Length; row += to[^1])
            {
                int source = 0;
                for (int axis = 0; axis < from.Rank - 1; axis++)
                {
                    source = (source * from[axis]) + (index[axis] % from[axis]);
                }

                ReadOnlySpan<T> values = x.Slice(source * columns, columns);
                for (int column = 0; column < to[^1]; column += columns)
                {
                    values.CopyTo(y[(row + column)..]);
                }

                for (int axis = to.Rank - 2; axis >= 0 && ++index[axis] == to[axis]; axis--)
                {
                    index[axis] = 0;
                }
            }
        }
    }
}
