using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer.Tests.Callbacks;

/// <summary>A model of two weights, which tests set and read.</summary>
internal sealed class FakeModel : Model
{
    public FakeModel()
        : this(new Input(1))
    {
    }

    private FakeModel(Node input)
        : base(input, new Dense(1).Apply(input))
    {
    }

    public float[] Weights
    {
        get => CopyWeights();
        set => RestoreWeights(value);
    }
}
