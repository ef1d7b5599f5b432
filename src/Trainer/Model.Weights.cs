using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Layers;

namespace Toolkit.Trainer;

/// <content>Parameters: their memory, access by name, freezing.</content>
public partial class Model
{
    /// <summary>The parameters in the order of the layers.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public IReadOnlyList<Parameter> Parameters => Arena.Parameters;

    /// <summary>The number of parameters' values.</summary>
    public int ParameterCount => Arena.Count;

    /// <summary>The memory of all parameters, their first values drawn.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public ParameterArena Arena
    {
        get
        {
            _ = Graph;
            if (!_isInitialized)
            {
                _isInitialized = true;
                _arena!.Initialize(Seed);
            }

            return _arena!;
        }
    }

    /// <summary>A copy of every parameter by its name, <c>dense.kernel</c>.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public OrderedDictionary<string, Tensor<float>> GetWeights()
    {
        var weights = new OrderedDictionary<string, Tensor<float>>();
        foreach (Parameter parameter in Arena.Parameters)
        {
            weights.Add(parameter.Name, Tensor.From(parameter.Shape, (ReadOnlySpan<float>)parameter.Value));
        }

        return weights;
    }

    /// <summary>Replaces parameters by name; those not named stay.</summary>
    /// <exception cref="ArgumentException">A name is not a parameter's, or a shape is not its; nothing has been replaced then.</exception>
    public void SetWeights(IEnumerable<KeyValuePair<string, Tensor<float>>> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        KeyValuePair<string, Tensor<float>>[] entries = [.. weights];
        var targets = Arena.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        foreach ((string name, Tensor<float> value) in entries)
        {
            if (!targets.TryGetValue(name, out Parameter? parameter))
            {
                throw new ArgumentException($"SetWeights: model '{Name}' has no parameter '{name}'; expected one of {string.Join(", ", targets.Keys)}.", nameof(weights));
            }

            if (value.Shape != parameter.Shape)
            {
                throw new ArgumentException($"SetWeights: parameter '{name}' expected shape {parameter.Shape}, got {value.Shape}.", nameof(weights));
            }
        }

        foreach ((string name, Tensor<float> value) in entries)
        {
            value.Span.CopyTo(targets[name].Value);
        }
    }

    /// <summary>A copy of everything that training changes in the model: every parameter's values, in the order of <see cref="Parameters"/>.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built: it has no weights yet.</exception>
    public float[] CopyWeights()
    {
        var copy = new float[Arena.Count];
        int start = 0;
        foreach (Parameter parameter in Arena.Parameters)
        {
            parameter.Value.CopyTo(copy.AsSpan(start));
            start += parameter.Shape.Length;
        }

        return copy;
    }

    /// <summary>Puts a copy from <see cref="CopyWeights"/> back.</summary>
    /// <exception cref="ArgumentException">The length is not this model's; says expected and got.</exception>
    /// <exception cref="InvalidOperationException">The model has not been built: it has no weights yet.</exception>
    public void RestoreWeights(ReadOnlySpan<float> weights)
    {
        if (weights.Length != Arena.Count)
        {
            throw new ArgumentException($"RestoreWeights: model '{Name}' expected {Arena.Count} values, got {weights.Length}; pass what CopyWeights of the same network gave.", nameof(weights));
        }

        foreach (Parameter parameter in Arena.Parameters)
        {
            weights[..parameter.Shape.Length].CopyTo(parameter.Value);
            weights = weights[parameter.Shape.Length..];
        }
    }

    /// <summary>
    /// Keeps layers as they are in later training: all of them, or those up to and including a named one. What the optimizer remembers of past
    /// steps is forgotten, as after a new <c>Compile</c>.
    /// </summary>
    /// <param name="until">The last layer to freeze, in the order of <see cref="Layers"/>; null for all.</param>
    /// <exception cref="ArgumentException">There is no such layer; the message lists the names.</exception>
    public void Freeze(string? until = null) => SetTrainable(until, false);

    /// <summary>Lets layers train again: all of them, or those up to and including a named one.</summary>
    /// <inheritdoc cref="Freeze"/>
    public void Unfreeze(string? until = null) => SetTrainable(until, true);

    private void SetTrainable(string? until, bool isTrainable)
    {
        ParameterArena old = Arena;
        Layer? last = until is null ? null : GetLayer(until);
        float[] values = CopyWeights();
        foreach (Layer layer in Layers)
        {
            layer.IsTrainable = isTrainable;
            foreach (Parameter parameter in layer.Parameters)
            {
                parameter.SetTrainable(isTrainable);
            }

            if (layer == last)
            {
                break;
            }
        }

        foreach (Parameter parameter in old.Parameters)
        {
            parameter.Detach();
        }

        _arena = new ParameterArena(old.Parameters);
        RestoreWeights(values);
        Replan();
    }
}
