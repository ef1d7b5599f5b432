using Toolkit.Numerics;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Regularizers;

namespace Toolkit.Trainer.Autograd;

/// <summary>A trained (or, where <see cref="IsTrainable"/> is false, kept) tensor of a model. Its memory is a slice of a <see cref="ParameterArena"/>.</summary>
public sealed class Parameter
{
    private ParameterArena? _arena;
    private int _offset;

    /// <summary>Describes a parameter; it gets memory when a <see cref="ParameterArena"/> takes it in.</summary>
    /// <param name="name">Its name, unique in its model: <c>dense.kernel</c>.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="initializer">How it gets its first values.</param>
    /// <param name="isTrainable">Whether it has a gradient and the optimizer updates it.</param>
    public Parameter(string name, Shape shape, Initializer initializer, bool isTrainable = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(initializer);
        Name = name;
        Shape = shape;
        Initializer = initializer;
        IsTrainable = isTrainable;
        IsTrainableByNature = isTrainable;
    }

    /// <summary>Its name, unique in its model: <c>dense.kernel</c>.</summary>
    public string Name { get; }

    /// <summary>Its shape.</summary>
    public Shape Shape { get; }

    /// <summary>How it gets its first values.</summary>
    public Initializer Initializer { get; }

    /// <summary>Whether it has a gradient and the optimizer updates it.</summary>
    public bool IsTrainable { get; private set; }

    /// <summary>What is added to the loss for its size; null for nothing.</summary>
    public Regularizer? Regularizer { get; init; }

    /// <summary>Its values, row-major.</summary>
    /// <exception cref="InvalidOperationException">No arena has taken the parameter in.</exception>
    public Span<float> Value => Arena.Values.Slice(_offset, Shape.Length);

    /// <summary>The gradient of the last loss by each value; empty where the parameter is not trainable.</summary>
    /// <exception cref="InvalidOperationException">No arena has taken the parameter in.</exception>
    public Span<float> Gradient => IsTrainable ? Arena.Gradients.Slice(_offset, Shape.Length) : [];

    internal bool HasMemory => _arena is not null;

    internal ParameterArena Arena => _arena
        ?? throw new InvalidOperationException($"Parameter '{Name}' has no memory yet; build the model, or put it into a ParameterArena.");

    internal int Offset => _offset;

    /// <summary>Whether it was made to be trained, frozen or not.</summary>
    internal bool IsTrainableByNature { get; }

    /// <summary>Freezes the parameter or lets it train again; its arena is laid out anew afterwards.</summary>
    internal void SetTrainable(bool isTrainable) => IsTrainable = isTrainable && IsTrainableByNature;

    /// <summary>Takes the parameter out of its arena.</summary>
    internal void Detach() => _arena = null;

    internal void Attach(ParameterArena arena, int offset)
    {
        if (_arena is not null)
        {
            throw new ArgumentException($"Parameter '{Name}' belongs to another arena already; a layer is part of one model.");
        }

        _arena = arena;
        _offset = offset;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shape}";
}
