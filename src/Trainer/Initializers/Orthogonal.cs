using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.Trainer.Initializers;

/// <summary>
/// A random matrix with orthonormal rows or columns, whichever are fewer, times a gain: Q of the QR decomposition of a normal matrix, with
/// the signs that make R's diagonal positive, which is uniform over the orthogonal matrices. The matrix is of shape[0] rows, so
/// that a convolution's filters <c>[out, in/groups, k…]</c> are the rows, as they are the columns in Keras's layout.
/// </summary>
/// <remarks>
/// Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", ICLR 2014. Keras's
/// default for recurrent kernels.
/// </remarks>
/// <param name="gain">The factor.</param>
public sealed class Orthogonal(double gain = 1) : Initializer
{
    /// <summary>The factor.</summary>
    public double Gain { get; } = gain;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shape has fewer than two axes.</exception>
    public override void Fill(Span<float> values, Shape shape, CounterRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        CheckLength(values, shape);
        if (shape.Rank < 2)
        {
            throw new ArgumentException(
                $"Orthogonal: expected a shape of two axes or more, got {shape}; use another initializer for it.",
                nameof(shape));
        }

        if (values.IsEmpty)
        {
            return;
        }

        int rows = shape[0];
        int columns = values.Length / rows;
        int count = Math.Min(rows, columns);
        int length = Math.Max(rows, columns);
        double[] vectors = OrthonormalVectors(count, length, random);
        for (int vector = 0; vector < count; vector++)
        {
            for (int i = 0; i < length; i++)
            {
                int target = rows <= columns ? (vector * columns) + i : (i * columns) + vector;
                values[target] = (float)(Gain * vectors[(vector * length) + i]);
            }
        }
    }

    // Gram and Schmidt, every projection taken twice: the second pass removes what rounding left of the first.
    private static double[] OrthonormalVectors(int count, int length, CounterRandom random)
    {
        var vectors = new double[count * length];
        for (int index = 0; index < count; index++)
        {
            Span<double> vector = vectors.AsSpan(index * length, length);
            foreach (ref double value in vector)
            {
                value = random.NextNormal();
            }

            for (int pass = 0; pass < 2; pass++)
            {
                for (int earlier = 0; earlier < index; earlier++)
                {
                    ReadOnlySpan<double> direction = vectors.AsSpan(earlier * length, length);
                    double projection = Reduction.Dot<double>(vector, direction);
                    for (int i = 0; i < length; i++)
                    {
                        vector[i] -= projection * direction[i];
                    }
                }
            }

            double norm = Math.Sqrt(Reduction.Dot<double>(vector, vector));
            foreach (ref double value in vector)
            {
                value /= norm;
            }
        }

        return vectors;
    }
}
