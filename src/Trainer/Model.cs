using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer;

/// <summary>A network that can be trained, evaluated, asked and exported.</summary>
public abstract class Model
{
    /// <summary>The model's name, which becomes the graph's.</summary>
    public string Name { get; init; } = "model";

    /// <summary>The number of trained values.</summary>
    public abstract int ParameterCount { get; }

    /// <summary>The forward computation in inference, for export.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built: the shape of its input is not known.</exception>
    public abstract InferenceTrace Trace();

    /// <summary>The outputs for a batch of inputs, <c>[n, …]</c>; computed <paramref name="batchSize"/> samples at a time.</summary>
    /// <exception cref="ArgumentException">The input's shape does not fit; says expected and got.</exception>
    public abstract Tensor<float> Predict(Tensor<float> x, int batchSize = 32);

    /// <summary>A copy of everything that training changes in the model: trained values, then running statistics.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built: it has no weights yet.</exception>
    public abstract float[] CopyWeights();

    /// <summary>Puts a copy from <see cref="CopyWeights"/> back.</summary>
    /// <exception cref="ArgumentException">The length is not this model's; says expected and got.</exception>
    /// <exception cref="InvalidOperationException">The model has not been built: it has no weights yet.</exception>
    public abstract void RestoreWeights(ReadOnlySpan<float> weights);
}
