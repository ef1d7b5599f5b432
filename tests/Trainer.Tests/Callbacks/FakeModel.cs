using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;

namespace Toolkit.Trainer.Tests.Callbacks;

/// <summary>A model that has weights and nothing else.</summary>
internal sealed class FakeModel : Model
{
    public float[] Weights { get; set; } = [0f, 0f];

    public int Copies { get; private set; }

    public override int ParameterCount => Weights.Length;

    public override InferenceTrace Trace() => throw new NotSupportedException();

    public override Tensor<float> Predict(Tensor<float> x, int batchSize = 32) => throw new NotSupportedException();

    public override float[] CopyWeights()
    {
        Copies++;
        return [.. Weights];
    }

    public override void RestoreWeights(ReadOnlySpan<float> weights) => Weights = weights.ToArray();
}
