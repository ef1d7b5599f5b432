using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x cut, or with zeros around it, about its centre; where that falls between two elements, towards the start.</summary>
internal static class CenterCropPadOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.CenterCropPad op, NodeContext node) => IntegerInput.Accepts(node.InputType(1))
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
            Shape from = arguments.InputShape(0);
            Shape to = arguments.OutputShape(0);
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            y.Fill(ZeroElement.Of<T>());
            if (x.Length == 0 || y.Length == 0)
            {
                return;
            }

            // What both have in common is copied row by row.
            Span<int> index = stackalloc int[Shape.MaxRank];
            index.Clear();
            int rows = 1;
            int rank = from.Rank;
            for (int axis = 0; axis < rank - 1; axis++)
            {
                rows *= Math.Min(from[axis], to[axis]);
            }

            int columns = rank == 0 ? 1 : Math.Min(from[^1], to[^1]);
            for (int row = 0; row < rows; row++)
            {
                int source = 0;
                int target = 0;
                for (int axis = 0; axis < rank; axis++)
                {
                    source = (source * from[axis]) + index[axis] + Start(from[axis], to[axis]);
                    target = (target * to[axis]) + index[axis] + Start(to[axis], from[axis]);
                }

                x.Slice(source, columns).CopyTo(y[target..]);
                for (int axis = rank - 2; axis >= 0 && ++index[axis] == Math.Min(from[axis], to[axis]); axis--)
                {
                    index[axis] = 0;
                }
            }
        }

        private static int Start(int size, int other) => Math.Max(0, size - other) / 2;
    }
}
