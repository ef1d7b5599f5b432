using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Initializers;

namespace Toolkit.Trainer.Layers;

/// <summary>Keras's <c>PReLU</c> (He et al., 2015): y = x where x &gt; 0, else alpha · x, alpha being learned for every element of a sample.</summary>
public sealed class PRelu : Layer
{
    private readonly Initializer _alphaInitializer;
    private readonly int[] _sharedAxes;
    private Parameter? _alpha;

    /// <summary>Makes the layer; the defaults are Keras's.</summary>
    /// <param name="alphaInitializer">Zeros by default.</param>
    /// <param name="sharedAxes">A sample's axes, from 1 on, along which one alpha serves all: [2, 3] for one alpha a channel of images [N, C, H, W].</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample.</param>
    public PRelu(Initializer? alphaInitializer = null, IReadOnlyList<int>? sharedAxes = null, string? name = null, Shape? inputShape = null)
        : base(name, inputShape)
    {
        _alphaInitializer = alphaInitializer ?? new Zeros();
        _sharedAxes = [.. sharedAxes ?? []];
    }

    /// <inheritdoc/>
    protected override string DefaultName => "p_re_lu";

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.Apply(PReluFunction.Instance, x, tape.Parameter(_alpha!));
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        if (_sharedAxes.Any(axis => axis < 1 || axis > inputShape.Rank))
        {
            throw new ArgumentException($"Layer '{Name}': expected shared axes from 1 to {inputShape.Rank} of {Batched(inputShape)}, got [{string.Join(", ", _sharedAxes)}].", nameof(inputShape));
        }

        _alpha = AddParameter("alpha", [.. Enumerable.Range(1, inputShape.Rank).Select(axis => _sharedAxes.Contains(axis) ? 1 : inputShape[axis - 1])], _alphaInitializer);
    }
}
