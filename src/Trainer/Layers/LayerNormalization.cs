using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Initializers;

namespace Toolkit.Trainer.Layers;

/// <summary>
/// Layer normalization (Ba et al., 2016): y = gamma · (x - mean) / √(variance + ε) + beta, with mean and population variance of each sample over the last axes.
/// </summary>
public sealed class LayerNormalization : Layer
{
    private readonly int _axis;
    private readonly bool _center;
    private readonly Initializer _betaInitializer;
    private readonly Initializer _gammaInitializer;
    private readonly bool _scale;
    private Parameter? _gamma;
    private Parameter? _beta;

    /// <summary>Makes the layer; the defaults are Keras's.</summary>
    /// <param name="axis">The first axis that is normalised, with all behind it; the batch is 0, negative counts from the end.</param>
    /// <param name="epsilon">ε, what keeps the root away from 0.</param>
    /// <param name="center">Whether beta is added.</param>
    /// <param name="scale">Whether gamma is multiplied with; it stays 1 otherwise, and is not trained.</param>
    /// <param name="betaInitializer">Zeros by default.</param>
    /// <param name="gammaInitializer">Ones by default.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is not positive.</exception>
    public LayerNormalization(
        int axis = -1,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        string? name = null,
        Shape? inputShape = null)
        : base(name, inputShape)
    {
        _axis = axis;
        Epsilon = epsilon > 0
            ? epsilon
            : throw new ArgumentOutOfRangeException(nameof(epsilon), $"LayerNormalization: expected an epsilon above 0, got {epsilon}.");
        _center = center;
        _scale = scale;
        _betaInitializer = betaInitializer ?? new Zeros();
        _gammaInitializer = gammaInitializer ?? new Ones();
    }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        int axis = _axis < 0 ? _axis : _axis - x.Shape.Rank;
        var function = new LayerNormalizationFunction(axis, (float)Epsilon);
        Variable gamma = tape.Parameter(_gamma!);
        return _beta is null ? tape.Apply(function, x, gamma) : tape.Apply(function, x, gamma, tape.Parameter(_beta));
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        int first = _axis < 0 ? inputShape.Rank + _axis : _axis - 1;
        if (first < 0 || first >= inputShape.Rank)
        {
            throw new ArgumentException($"Layer '{Name}': expected an axis of {Batched(inputShape)} behind the batch, got {_axis}.", nameof(inputShape));
        }

        var normalized = new Shape(inputShape.Dimensions[first..]);
        _gamma = AddParameter("gamma", normalized, _scale ? _gammaInitializer : new Ones(), isTrainable: _scale);
        _beta = _center ? AddParameter("beta", normalized, _betaInitializer) : null;
    }
}
