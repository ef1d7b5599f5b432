using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.MaxUnpool;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Elements put back where a MaxPool found them. A place outside of what was pooled is an error.</summary>
internal static class MaxUnpoolOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op, node),
        ElementType.Float64 => new Kernel<double>(op, node),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(Record op, NodeContext node) : OperatorKernel
        where T : struct
    {
        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            ReadOnlySpan<long> places = arguments.Input<long>(1);
            Shape shape = arguments.InputShape(0);
            Shape y = arguments.OutputShape(0);
            Span<T> target = arguments.Output<T>(0);
            target.Clear();
            Span<long> pooled = stackalloc long[Shape.MaxRank];
            pooled = pooled[..shape.Rank];
            long length = 1;
            for (int axis = 0; axis < pooled.Length; axis++)
            {
                pooled[axis] = axis < 2 ? shape[axis] : op.PooledSize(shape[axis], axis - 2);
                if (pooled[axis] > y[axis])
                {
                    throw node.BadValue($"expected an output of {pooled[axis]} at least on axis {axis}, got {y}.");
                }

                length *= pooled[axis];
            }

            for (int i = 0; i < x.Length; i++)
            {
                if (places[i] < 0 || places[i] >= length)
                {
                    throw node.BadValue($"expected places from 0 to {length - 1}, got {places[i]}.");
                }

                target[Place(places[i], pooled, y)] = x[i];
            }
        }

        // From a place in what was pooled to one in an output that may be larger.
        private static int Place(long place, ReadOnlySpan<long> pooled, Shape y)
        {
            int result = 0;
            int stride = 1;
            for (int axis = pooled.Length - 1; axis >= 0; axis--)
            {
                result += (int)(place % pooled[axis]) * stride;
                place /= pooled[axis];
                stride *= y[axis];
            }

            return result;
        }
    }
}
