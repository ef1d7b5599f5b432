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
}
