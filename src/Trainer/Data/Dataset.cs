using Toolkit.Numerics;

namespace Toolkit.Trainer.Data;

/// <summary>Samples and their targets.</summary>
public sealed class Dataset
{
    /// <summary>Makes a data set. The tensors are not copied unless they are strided views.</summary>
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

        X = (Tensor<float>)x.Contiguous();
        Y = (Tensor<float>)y.Contiguous();
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
        return count >= Count ? this : Slice(..count);
    }

    /// <summary>Neighbouring samples, not copied: <c>data.Slice(^1000..)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is not within the samples.</exception>
    public Dataset Slice(Range samples)
    {
        (int start, int count) = samples.GetOffsetAndLength(Count);
        return new Dataset(Part(X, start, count), Part(Y, start, count));
    }

    /// <summary>A copy of some samples, in the order given; a sample may come more than once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public Dataset Select(params ReadOnlySpan<int> indices)
    {
        foreach (int index in indices)
        {
            if ((uint)index >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), $"Dataset: expected samples from 0 to {Count - 1}, got {index}.");
            }
        }

        return new Dataset(Pick(X, indices), Pick(Y, indices));
    }

    /// <summary>A copy in a random order that depends on the seed and on the number of samples alone.</summary>
    public Dataset Shuffle(ulong seed) => Select(Splits.Permutation(Count, seed));

    /// <summary>The samples in batches, for a training loop of one's own; the last may be smaller.</summary>
    /// <param name="batchSize">Samples a batch.</param>
    /// <param name="shuffleSeed">The seed of a random order, another one every epoch; null for the order of the data.</param>
    /// <returns>Batches that are not copied where the order is that of the data.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    public IEnumerable<Dataset> Batches(int batchSize, ulong? shuffleSeed = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return Cut(batchSize, shuffleSeed is { } seed ? Splits.Permutation(Count, seed) : null);
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

    private IEnumerable<Dataset> Cut(int batchSize, int[]? order)
    {
        for (int start = 0; start < Count; start += batchSize)
        {
            int end = Math.Min(start + batchSize, Count);
            yield return order is null ? Slice(start..end) : Select(order.AsSpan(start..end));
        }
    }

    private static Tensor<float> Part(Tensor<float> tensor, int start, int count)
    {
        var shape = new Shape([count, .. tensor.Shape.Dimensions[1..]]);
        return new Tensor<float>(shape, tensor.Memory.Slice(start * tensor.Shape.LengthOf(1..), shape.Length));
    }

    private static Tensor<float> Pick(Tensor<float> tensor, ReadOnlySpan<int> indices)
    {
        int length = tensor.Shape.LengthOf(1..);
        var picked = new Tensor<float>(new Shape([indices.Length, .. tensor.Shape.Dimensions[1..]]));
        for (int i = 0; i < indices.Length; i++)
        {
            tensor.Span.Slice(indices[i] * length, length).CopyTo(picked.Span[(i * length)..]);
        }

        return picked;
    }
}
