using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Initializers;

namespace Toolkit.Trainer.Layers;

/// <summary>
/// Batch normalization (Ioffe and Szegedy, 2015), of the channels of [N, C, …] or the features of [N, F]: y = gamma · (x - mean) / √(variance + ε) + beta. In
/// training mean and variance are the batch's, and the running ones become running · momentum + batch · (1 - momentum), the variance being the
/// population's, as in Keras; in inference, and where the layer is frozen, they are the running ones.
/// </summary>
public sealed class BatchNormalization : Layer
{
    private readonly int _axis;
    private readonly bool _center;
    private readonly bool _scale;
    private readonly Initializer _betaInitializer;
    private readonly Initializer _gammaInitializer;
    private readonly Initializer _movingMeanInitializer;
    private readonly Initializer _movingVarianceInitializer;
    private Parameter? _gamma;
    private Parameter? _beta;
    private Parameter? _movingMean;
    private Parameter? _movingVariance;

    /// <summary>Makes the layer; the defaults are Keras's, with the channels where this library has them.</summary>
    /// <param name="axis">The axis of channels or features, which is 1, the batch being 0.</param>
    /// <param name="momentum">The share of the running statistics that a training step keeps.</param>
    /// <param name="epsilon">ε, what keeps the root away from 0.</param>
    /// <param name="center">Whether beta is added.</param>
    /// <param name="scale">Whether gamma is multiplied with.</param>
    /// <param name="betaInitializer">Zeros by default.</param>
    /// <param name="gammaInitializer">Ones by default.</param>
    /// <param name="movingMeanInitializer">Zeros by default.</param>
    /// <param name="movingVarianceInitializer">Ones by default.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">The momentum is outside [0, 1], or ε is not positive.</exception>
    public BatchNormalization(
        int axis = 1,
        double momentum = 0.99,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Initializer? movingMeanInitializer = null,
        Initializer? movingVarianceInitializer = null,
        string? name = null,
        Shape? inputShape = null)
        : base(name, inputShape)
    {
        _axis = axis;
        Momentum = momentum is >= 0 and <= 1
            ? momentum
            : throw new ArgumentOutOfRangeException(nameof(momentum), $"BatchNormalization: expected a momentum in [0, 1], got {momentum}.");
        Epsilon = epsilon > 0
            ? epsilon
            : throw new ArgumentOutOfRangeException(nameof(epsilon), $"BatchNormalization: expected an epsilon above 0, got {epsilon}.");
        _center = center;
        _scale = scale;
        _betaInitializer = betaInitializer ?? new Zeros();
        _gammaInitializer = gammaInitializer ?? new Ones();
        _movingMeanInitializer = movingMeanInitializer ?? new Zeros();
        _movingVarianceInitializer = movingVarianceInitializer ?? new Ones();
    }

    /// <summary>The share of the running statistics that a training step keeps.</summary>
    public double Momentum { get; }

    /// <summary>ε.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var function = new BatchNormalizationFunction((float)Epsilon, (float)Momentum, _scale, _center, isFrozen: !IsTrainable);
        List<Variable> inputs = [x];
        foreach (Parameter? parameter in (Parameter?[])[_gamma, _beta, _movingMean, _movingVariance])
        {
            if (parameter is not null)
            {
                inputs.Add(tape.Parameter(parameter));
            }
        }

        return tape.Apply(function, [.. inputs]);
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        if (inputShape.Rank == 0 || (_axis != 1 && (_axis != -1 || inputShape.Rank > 1)))
        {
            string advice = inputShape.Rank > 1 ? " Images and sequences have their channels on axis 1; put a Permute layer before and behind to normalise another axis." : "";
            throw new ArgumentException($"Layer '{Name}': expected axis 1 of an input [n,channels,…], got axis {_axis} of {Batched(inputShape)}.{advice}", nameof(inputShape));
        }

        Shape channels = [inputShape[0]];
        _gamma = _scale ? AddParameter("gamma", channels, _gammaInitializer) : null;
        _beta = _center ? AddParameter("beta", channels, _betaInitializer) : null;
        _movingMean = AddParameter("moving_mean", channels, _movingMeanInitializer, isTrainable: false);
        _movingVariance = AddParameter("moving_variance", channels, _movingVarianceInitializer, isTrainable: false);
    }
}
