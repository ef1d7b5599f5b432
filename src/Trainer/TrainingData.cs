using Toolkit.Numerics;
using Toolkit.Trainer.Data;

namespace Toolkit.Trainer;

/// <summary>What <c>Fit</c> and <c>Evaluate</c> take: a tensor for each input and each output of the model, and a weight a sample where samples count differently.</summary>
public sealed record TrainingData
{
    /// <summary>Data of a model of one input and one output.</summary>
    /// <param name="x">Samples, [n, …].</param>
    /// <param name="y">Targets, [n, …].</param>
    /// <param name="sampleWeights">A weight a sample, [n]; null where all count alike.</param>
    /// <exception cref="ArgumentException">The numbers of samples differ; says expected and got.</exception>
    public TrainingData(Tensor<float> x, Tensor<float> y, Tensor<float>? sampleWeights = null)
        : this([x], [y], sampleWeights)
    {
    }

    /// <summary>Data of a model of several inputs or outputs.</summary>
    /// <param name="inputs">A tensor for each input, [n, …].</param>
    /// <param name="targets">A tensor for each output, [n, …].</param>
    /// <param name="sampleWeights">A weight a sample, [n]; null where all count alike.</param>
    /// <exception cref="ArgumentException">The numbers of samples differ; says expected and got.</exception>
    public TrainingData(IReadOnlyList<Tensor<float>> inputs, IReadOnlyList<Tensor<float>> targets, Tensor<float>? sampleWeights = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.Count == 0 || targets.Count == 0)
        {
            throw new ArgumentException($"TrainingData: expected one input and one target or more, got {inputs.Count} and {targets.Count}.", nameof(inputs));
        }

        foreach (Tensor<float> tensor in inputs.Concat(targets))
        {
            ArgumentNullException.ThrowIfNull(tensor, nameof(inputs));
        }

        Tensor<float> first = inputs[0];
        if (first.Shape.Rank == 0)
        {
            throw new ArgumentException("x: expected samples [n, …], got a scalar.", nameof(inputs));
        }

        if (inputs.FirstOrDefault(x => x.Shape.Rank == 0 || x.Shape[0] != first.Shape[0]) is { } other)
        {
            throw new ArgumentException($"x: expected as many samples of every input, got {first.Shape} and {other.Shape}.", nameof(inputs));
        }

        if (targets.FirstOrDefault(y => y.Shape.Rank == 0 || y.Shape[0] != first.Shape[0]) is { } target)
        {
            throw new ArgumentException($"y: expected as many targets as samples, got x {first.Shape} and y {target.Shape}.", nameof(targets));
        }

        if (sampleWeights is not null && (sampleWeights.Length != first.Shape[0] || sampleWeights.Shape.Rank == 0))
        {
            throw new ArgumentException($"sampleWeights: expected [{first.Shape[0]}], a weight for every sample, got {sampleWeights.Shape}.", nameof(sampleWeights));
        }

        // The programs copy runs of whole samples: strided views become dense once, here.
        Inputs = [.. inputs.Select(tensor => tensor.Contiguous())];
        Targets = [.. targets.Select(tensor => tensor.Contiguous())];
        SampleWeights = sampleWeights?.Contiguous();
    }

    /// <summary>A tensor for each input, [n, …].</summary>
    public IReadOnlyList<Tensor<float>> Inputs { get; }

    /// <summary>A tensor for each output, [n, …].</summary>
    public IReadOnlyList<Tensor<float>> Targets { get; }

    /// <summary>A weight a sample, [n]; null where all count alike.</summary>
    public Tensor<float>? SampleWeights { get; init; }

    /// <summary>The number of samples.</summary>
    public int Count => Inputs[0].Shape[0];

    /// <summary>A data set as the data of a model of one input and one output.</summary>
    public static implicit operator TrainingData(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new TrainingData(data.X, data.Y);
    }

    /// <summary>A data set as the data of a model of one input and one output.</summary>
    public static TrainingData FromDataset(Dataset data) => data;
}
