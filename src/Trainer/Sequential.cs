using Toolkit.Numerics;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Training;

namespace Toolkit.Trainer;

/// <summary>
/// A model of layers one after another:
/// <code>
/// var model = new Sequential(new Input(784), new Dense(512, "relu"), new Dense(10, "softmax"));
/// model.Compile(optimizer: "rmsprop", loss: "categorical_crossentropy", metrics: ["accuracy"]);
/// model.Fit(x, y, epochs: 5, batchSize: 128);
/// </code>
/// </summary>
public sealed class Sequential : Model
{
    private readonly List<Layer> _layers = [];
    private Input? _input;

    /// <summary>Makes a model of layers.</summary>
    /// <exception cref="ArgumentException">Two layers have the same name, or a layer is part of another model.</exception>
    public Sequential(params IEnumerable<Layer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        Name = "sequential";
        foreach (Layer layer in layers)
        {
            Add(layer);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Layers => _layers;

    /// <inheritdoc/>
    public override Shape? InputShape => _input?.InputShape ?? _layers.FirstOrDefault()?.InputShape;

    /// <summary>Adds a layer at the end. <see cref="Input"/> goes first.</summary>
    /// <exception cref="ArgumentException">
    /// The name is taken, the layer is part of a model already or reads several inputs, or an input comes after other layers.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model has been built: its parameters are laid out.</exception>
    public void Add(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (IsBuilt)
        {
            throw new InvalidOperationException($"Model '{Name}' has been built; add layers before Summary, Fit and Predict.");
        }

        if (layer is MergeLayer)
        {
            throw new ArgumentException($"Sequential: expected layers of one input, got {layer}; use new Model(inputs, outputs) for branches.", nameof(layer));
        }

        if (layer is Input input)
        {
            if (_layers.Count > 0 || _input is not null)
            {
                throw new ArgumentException($"Sequential: expected an Input as the first layer only, got {input} after {(_layers.Count > 0 ? _layers[^1] : "another Input")}.", nameof(layer));
            }

            _input = input;
            return;
        }

        layer.JoinModel(_layers, Seed);
        _layers.Add(layer);
    }

    private protected override ModelGraph MakeGraph(Shape inputShape)
    {
        if (_layers.Count == 0)
        {
            throw new InvalidOperationException($"Model '{Name}' has no layers; add one.");
        }

        Node input = _input ??= new Input(inputShape);
        if (_input.InputShape is { } expected && expected != inputShape)
        {
            throw new ArgumentException($"Layer '{_layers[0].Name}': expected input of shape {Layer.Batched(expected)}, got {Layer.Batched(inputShape)}.", nameof(inputShape));
        }

        return new ModelGraph([input], [_layers.Aggregate(input, (node, layer) => layer.Apply(node))]);
    }
}
