using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>Samples and their targets.</summary>
public sealed class Dataset
{
    /// <summary>Makes a data set.</summary>
    /// <param name="x">Samples, [n, …].</param>
    /// <param name="y">Targets, [n, …]: one-hot rows, values, or one class index a row ([n] or [n,1]).</param>
    /// <exception cref="ArgumentException">The two differ in the number of samples.</exception>
    public Dataset(Tensor<float> x, Tensor<float> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Shape.Rank == 0 || y.Shape.Rank == 0 || x.Shape[0] != y.Shape[0])
        {
            throw new ArgumentException($"Dataset: expected as many targets as samples, got x {x.Shape} and y {y.Shape}.", nameof(y));
        }

        X = x;
        Y = y;
    }

    /// <summary>The samples, [n, …].</summary>
    public Tensor<float> X { get; }

    /// <summary>The targets, [n, …].</summary>
    public Tensor<float> Y { get; }

    /// <summary>The number of samples.</summary>
    public int Count => X.Shape[0];

    /// <summary>The same samples, not copied, as rows: [n, 1, 28, 28] becomes [n, 784].</summary>
    public Dataset Flat() => new(X.Reshape([Count, X.Shape.LengthOf(1..)]), Y);

    /// <summary>The first <paramref name="count"/> samples, not copied; all of them where there are fewer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public Dataset Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count >= Count ? this : new Dataset(First(X, count), First(Y, count));
    }

    /// <summary>The same samples with targets [n] or [n,1] of class indices spread to one-hot rows, [n, classes].</summary>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="ArgumentException">The targets are no class indices in [0, classes).</exception>
    public Dataset OneHot(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (Y.Length != Count)
        {
            throw new ArgumentException($"Dataset: expected one class index a sample, got targets {Y.Shape}.", nameof(classes));
        }

        var rows = new Tensor<float>([Count, classes]);
        ReadOnlySpan<float> indices = Y.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            int index = (int)indices[i];
            if (index < 0 || index >= classes || index != indices[i])
            {
                throw new ArgumentException($"Dataset: expected class indices from 0 to {classes - 1}, got {indices[i]} at sample {i}.", nameof(classes));
            }

            rows.Span[(i * classes) + index] = 1;
        }

        return new Dataset(X, rows);
    }

    private static Tensor<float> First(Tensor<float> tensor, int count)
    {
        int[] dimensions = [count, .. tensor.Shape.Dimensions[1..]];
        var shape = new Shape(dimensions);
        return new Tensor<float>(shape, tensor.Memory[..shape.Length]);
    }
}
