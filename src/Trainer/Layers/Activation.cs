using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Layers;

/// <summary>
/// An activation function. The static properties are the known ones, which Keras's names convert to: <c>Activation a = "relu";</c>.
/// Put into a <see cref="Sequential"/>, it is an <see cref="ActivationLayer"/>.
/// </summary>
public sealed class Activation
{
    private static readonly SortedDictionary<string, Activation> Table = new(StringComparer.Ordinal);

    private readonly Func<Variable, Variable> _apply;

    static Activation()
    {
        Elu = Register("elu", null, new EluFunction());
        Exponential = Register("exponential", null, ExpFunction.Instance);
        Gelu = Register("gelu", null, GeluFunction.Instance);
        HardSigmoid = Register("hard_sigmoid", null, HardSigmoidFunction.Instance);
        LeakyRelu = Register("leaky_relu", null, new LeakyReluFunction(0.2f));
        Linear = Register("linear", ActivationKind.None, IdentityFunction.Instance);
        Relu = Register("relu", ActivationKind.Relu, ReluFunction.Instance);
        Selu = Register("selu", null, SeluFunction.Instance);
        Sigmoid = Register("sigmoid", ActivationKind.Sigmoid, SigmoidFunction.Instance);
        Silu = Register("silu", null, SiluFunction.Instance);
        Softmax = Register("softmax", null, SoftmaxFunction.Instance);
        Softplus = Register("softplus", null, SoftplusFunction.Instance);
        Softsign = Register("softsign", null, SoftsignFunction.Instance);
        Step = Register("step", null, StepFunction.Instance);
        Tanh = Register("tanh", ActivationKind.Tanh, TanhFunction.Instance);

        // Keras knows the function by both names.
        Table.Add("swish", Silu);
    }

    /// <summary>Makes an activation of one's own.</summary>
    /// <param name="name">Its name in messages and summaries.</param>
    /// <param name="apply">Computes it by functions on the variable's tape.</param>
    public Activation(string name, Func<Variable, Variable> apply)
        : this(name, null, apply)
    {
    }

    private Activation(string name, ActivationKind? kind, Func<Variable, Variable> apply)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(apply);
        Name = name;
        Kind = kind;
        _apply = apply;
    }

    /// <summary>y = x where x &gt; 0, else eˣ - 1.</summary>
    public static Activation Elu { get; }

    /// <summary>y = eˣ.</summary>
    public static Activation Exponential { get; }

    /// <summary>y = x · (1 + erf(x / √2)) / 2.</summary>
    public static Activation Gelu { get; }

    /// <summary>y = max(0, min(1, x / 6 + 1/2)).</summary>
    public static Activation HardSigmoid { get; }

    /// <summary>y = x where x &gt; 0, else 0.2 · x: Keras's function, whose slope is not that of its layer, <see cref="Layers.LeakyRelu"/>.</summary>
    public static Activation LeakyRelu { get; }

    /// <summary>y = x.</summary>
    public static Activation Linear { get; }

    /// <summary>y = max(0, x).</summary>
    public static Activation Relu { get; }

    /// <summary>y = γ · x where x &gt; 0, else γ · α · (eˣ - 1), with α = 1.67326… and γ = 1.05070… (Klambauer et al., 2017).</summary>
    public static Activation Selu { get; }

    /// <summary>y = 1 / (1 + e⁻ˣ).</summary>
    public static Activation Sigmoid { get; }

    /// <summary>y = x / (1 + e⁻ˣ), also called swish.</summary>
    public static Activation Silu { get; }

    /// <summary>y = eˣ / Σ eˣ over the last axis.</summary>
    public static Activation Softmax { get; }

    /// <summary>y = ln(1 + eˣ).</summary>
    public static Activation Softplus { get; }

    /// <summary>y = x / (1 + |x|).</summary>
    public static Activation Softsign { get; }

    /// <summary>y = 1 where x &gt; 0, else 0. Nothing before it learns: its derivative is 0.</summary>
    public static Activation Step { get; }

    /// <summary>y = tanh x.</summary>
    public static Activation Tanh { get; }

    /// <summary>The names that convert to an activation, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names => [.. Table.Keys];

    /// <summary>Its name in Keras: <c>relu</c>.</summary>
    public string Name { get; }

    /// <summary>What a dense layer's product applies it as; null where it cannot.</summary>
    internal ActivationKind? Kind { get; }

    /// <summary>Whether an element of y depends on the same element of x alone, as far as is known: not so for the softmax.</summary>
    internal bool ActsOnElements => this != Softmax;

    /// <summary>The activation of a name in Keras.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists the names.</exception>
    public static Activation FromName(string name) => Table.GetValueOrDefault(name ?? "")
        ?? throw new ArgumentException($"Activation: '{name}' is unknown; expected one of {string.Join(", ", Table.Keys)}, or an Activation of your own.", nameof(name));

    /// <inheritdoc cref="FromName"/>
    public static implicit operator Activation(string name) => FromName(name);

    /// <summary>A layer that applies the activation.</summary>
    public static implicit operator Layer(Activation activation) => new ActivationLayer(activation);

    /// <summary>Applies it on the variable's tape.</summary>
    public Variable Apply(Variable x) => _apply(x);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Activation Register(string name, ActivationKind? kind, Function function)
    {
        var activation = new Activation(name, kind, x => kind == ActivationKind.None ? x : x.Tape.Apply(function, x));
        Table.Add(name, activation);
        return activation;
    }
}
