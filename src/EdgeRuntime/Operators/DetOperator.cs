using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// Determinants, in float64: the product of the pivots of Gaussian elimination, each the greatest of its column, with the sign of the rows' order
/// (Golub and Van Loan, "Matrix Computations", section 3.4). A matrix without rows has the determinant 1.
/// </summary>
internal static class DetOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Det op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(),
        ElementType.Float64 => new Kernel<double>(),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T> : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (long)inputs[0][^1] * inputs[0][^1] * sizeof(double);

        public override void Run(in KernelArguments arguments)
        {
            int size = arguments.InputShape(0)[^1];
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            Span<double> matrix = arguments.Scratch<double>(size * size);
            for (int i = 0; i < y.Length; i++)
            {
                ReadOnlySpan<T> values = x.Slice(i * matrix.Length, matrix.Length);
                for (int j = 0; j < matrix.Length; j++)
                {
                    matrix[j] = double.CreateTruncating(values[j]);
                }

                y[i] = T.CreateTruncating(Determinant(matrix, size));
            }
        }

        private static double Determinant(Span<double> matrix, int size)
        {
            double result = 1;
            for (int column = 0; column < size; column++)
            {
                int pivot = column;
                for (int row = column + 1; row < size; row++)
                {
                    pivot = Math.Abs(matrix[(row * size) + column]) > Math.Abs(matrix[(pivot * size) + column]) ? row : pivot;
                }

                double value = matrix[(pivot * size) + column];
                if (value == 0)
                {
                    return 0;
                }

                result *= pivot == column ? value : -value;
                for (int i = column; i < size && pivot != column; i++)
                {
                    (matrix[(pivot * size) + i], matrix[(column * size) + i]) = (matrix[(column * size) + i], matrix[(pivot * size) + i]);
                }

                for (int row = column + 1; row < size; row++)
                {
                    double factor = matrix[(row * size) + column] / value;
                    for (int i = column + 1; i < size; i++)
                    {
                        matrix[(row * size) + i] -= factor * matrix[(column * size) + i];
                    }
                }
            }

            return result;
        }
    }
}
