using Toolkit.Numerics;
using Toolkit.Trainer;
using Toolkit.Trainer.Layers;

namespace Toolkit.Export.Tests.Layers;

/// <summary>One use of a layer in a small network.</summary>
/// <param name="Name">What is particular about it.</param>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Apply">Applies the layer to the input's node.</param>
internal sealed record LayerCase(string Name, Shape Input, Func<Node, Node> Apply)
{
    /// <summary>Whether the inputs are class indices from 0 to 4, as an embedding takes them.</summary>
    public bool TakesIndices { get; init; }

    /// <summary>The layer, then a dense layer on what it gives.</summary>
    public Model ToModel()
    {
        Node x = new Input(Input);
        Node y = new Dense(3, "softmax", name: "head").Apply(new Flatten(name: "flat").Apply(Apply(x)));
        var model = new Model(x, y) { Name = "layer" };
        model.Compile("adam", "categorical_crossentropy", seed: 3);
        return model;
    }

    /// <summary>Inputs between -1 and 1, or class indices.</summary>
    public Tensor<float> Samples(int count)
    {
        var x = new Tensor<float>([count, .. Input.Dimensions]);
        var random = new CounterRandom(11, 0);
        foreach (ref float value in x.Span)
        {
            value = TakesIndices ? random.NextInt32(5) : (2 * random.NextSingle()) - 1;
        }

        return x;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
