using System.Numerics;
using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.AffineGrid;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The coordinates that affine maps give the places of an image.</summary>
internal static class AffineGridOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op.AlignCorners),
        ElementType.Float64 => new Kernel<double>(op.AlignCorners),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(bool alignCorners) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape y = arguments.OutputShape(0);
            int axes = y[^1];
            ReadOnlySpan<T> theta = arguments.Input<T>(0);
            Span<T> grid = arguments.Output<T>(0);
            int places = y[0] == 0 ? 0 : grid.Length / y[0] / axes;
            Span<double> point = stackalloc double[Shape.MaxRank];
            for (int i = 0; i < grid.Length; i += axes)
            {
                int place = i / axes % places;
                for (int k = 0; k < axes; k++)
                {
                    // The last axis of the image is the first coordinate.
                    int size = y[axes - k];
                    point[k] = Coordinate(place % size, size);
                    place /= size;
                }

                ReadOnlySpan<T> map = theta.Slice(i / axes / places * axes * (axes + 1), axes * (axes + 1));
                for (int row = 0; row < axes; row++)
                {
                    double sum = double.CreateTruncating(map[(row * (axes + 1)) + axes]);
                    for (int k = 0; k < axes; k++)
                    {
                        sum += double.CreateTruncating(map[(row * (axes + 1)) + k]) * point[k];
                    }

                    grid[i + row] = T.CreateTruncating(sum);
                }
            }
        }

        private double Coordinate(int index, int size) => !alignCorners ? ((2.0 * index) + 1 - size) / size : size == 1 ? 0 : ((2.0 * index) / (size - 1)) - 1;
    }
}
