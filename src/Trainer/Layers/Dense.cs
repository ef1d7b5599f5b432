using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Regularizers;

namespace Toolkit.Trainer.Layers;

/// <summary>
/// A fully connected layer: y = activation(x · kernel + bias), kernel [in, units], bias [units]. An input of more than one axis a sample
/// is multiplied along its last axis, as in Keras.
/// </summary>
public sealed class Dense : Layer
{
    private readonly Initializer _kernelInitializer;
    private readonly Initializer _biasInitializer;
    private readonly Regularizer? _kernelRegularizer;
    private readonly Regularizer? _biasRegularizer;
    private readonly bool _useBias;
    private Parameter? _kernel;
    private Parameter? _bias;

    /// <summary>Makes the layer; the defaults are Keras's.</summary>
    /// <param name="units">The number of outputs.</param>
    /// <param name="activation">The activation, or its name in Keras; linear by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">Glorot uniform by default.</param>
    /// <param name="biasInitializer">Zeros by default.</param>
    /// <param name="kernelRegularizer">What is added to the loss for the kernel's size, or its name in Keras; nothing by default.</param>
    /// <param name="biasRegularizer">What is added to the loss for the bias's size; nothing by default.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputShape">The shape of one input sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1 units.</exception>
    public Dense(
        int units,
        Activation? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        string? name = null,
        Shape? inputShape = null)
        : base(name, inputShape)
    {
        Units = units >= 1 ? units : throw new ArgumentOutOfRangeException(nameof(units), $"Dense: expected 1 unit or more, got {units}.");
        Activation = activation ?? Activation.Linear;
        _useBias = useBias;
        _kernelInitializer = kernelInitializer ?? new GlorotUniform();
        _biasInitializer = biasInitializer ?? new Zeros();
        _kernelRegularizer = kernelRegularizer;
        _biasRegularizer = biasRegularizer;
    }

    /// <summary>The number of outputs.</summary>
    public int Units { get; }

    /// <summary>The activation.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public override Variable Call(Tape tape, Variable x)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(x);
        Variable kernel = tape.Parameter(_kernel!);
        if (x.Shape.Rank == 2)
        {
            var function = new GemmFunction(Activation.Kind ?? default);
            Variable product = _bias is null ? tape.Apply(function, x, kernel) : tape.Apply(function, x, kernel, tape.Parameter(_bias));
            return Activation.Kind is null ? Activation.Apply(product) : product;
        }

        Variable stacked = tape.Apply(MatMulFunction.Instance, x, kernel);
        return Activation.Apply(_bias is null ? stacked : stacked + tape.Parameter(_bias));
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        if (inputShape.Rank == 0)
        {
            throw new ArgumentException($"Layer '{Name}': expected input of shape [n,features], got [n]; reshape it to [n,1].", nameof(inputShape));
        }

        _kernel = AddParameter("kernel", [inputShape[^1], Units], _kernelInitializer, regularizer: _kernelRegularizer);
        _bias = _useBias ? AddParameter("bias", [Units], _biasInitializer, regularizer: _biasRegularizer) : null;
    }
}
