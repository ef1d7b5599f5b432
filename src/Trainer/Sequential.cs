using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer;

/// <summary>
/// A model of layers one after another:
/// <code>
/// var model = new Sequential(new Input(784), new Dense(512, "relu"), new Dense(10, "softmax"));
/// model.Compile(optimizer: "rmsprop", loss: "categorical_crossentropy", metrics: ["accuracy"]);
/// model.Fit(x, y, epochs: 5, batchSize: 128);
/// </code>
/// </summary>
public sealed class Sequential : LayeredModel
{
    private readonly List<Layer> _layers = [];
    private Shape? _inputShape;

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
    public override Shape? InputShape => _inputShape ?? _layers.FirstOrDefault()?.InputShape;

    /// <inheritdoc/>
    public override Shape OutputShape => _layers.Count > 0
        ? _layers[^1].OutputShape
        : throw new InvalidOperationException($"Model '{Name}' has no layers; add one.");

    /// <summary>Adds a layer at the end. <see cref="Input"/> goes first.</summary>
    /// <exception cref="ArgumentException">The name is taken, the layer is part of a model already, or an input comes after other layers.</exception>
    /// <exception cref="InvalidOperationException">The model has been built: its parameters are laid out.</exception>
    public void Add(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (IsBuilt)
        {
            throw new InvalidOperationException($"Model '{Name}' has been built; add layers before Summary, Fit and Predict.");
        }

        if (layer is Input input)
        {
            if (_layers.Count > 0 || _inputShape is not null)
            {
                throw new ArgumentException($"Sequential: expected an Input as the first layer only, got {input} after {(_layers.Count > 0 ? _layers[^1] : "another Input")}.", nameof(layer));
            }

            _inputShape = input.InputShape;
            return;
        }

        layer.JoinModel(_layers, Seed);
        _layers.Add(layer);
    }

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        foreach (Layer layer in _layers)
        {
            x = layer.Apply(tape, x);
        }

        return x;
    }

    private protected override void BuildLayers(Shape inputShape)
    {
        _inputShape ??= inputShape;
        Shape shape = inputShape;
        foreach (Layer layer in _layers)
        {
            layer.EnsureBuilt(shape);
            shape = layer.OutputShape;
        }
    }
}
