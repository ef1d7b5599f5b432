using System.Text;
using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Initializers;
using Toolkit.Trainer.Regularizers;

namespace Toolkit.Trainer.Layers;

/// <summary>
/// A part of a model: parameters, and a forward computation out of <see cref="Function"/>s. To write one, make the parameters in
/// <see cref="Build"/> and apply functions in <see cref="Call"/>; gradients, memory and export follow from these.
/// </summary>
public abstract class Layer
{
    private readonly List<Parameter> _parameters = [];
    private string? _name;
    private bool _isInModel;

    /// <summary>Makes a layer.</summary>
    /// <param name="name">Its name in the model; by default Keras's: <c>dense</c>, then <c>dense_1</c>.</param>
    /// <param name="inputShape">The shape of one input sample, without the batch; needed at most by the first layer.</param>
    /// <exception cref="ArgumentException">The name is empty or holds a <c>/</c> or <c>.</c>, which separate parts of full names.</exception>
    protected Layer(string? name = null, Shape? inputShape = null)
    {
        if (name is not null && (name.Length == 0 || name.AsSpan().ContainsAny('/', '.')))
        {
            throw new ArgumentException($"Layer: expected a name without '/' and '.', got '{name}'.", nameof(name));
        }

        _name = name;
        InputShape = inputShape;
    }

    /// <summary>The layer's name, unique in its model once it is part of one.</summary>
    public string Name => _name ?? DefaultName;

    /// <summary>The shape of one input sample, without the batch; null until it is known. Of a layer with several inputs, the first's.</summary>
    public Shape? InputShape { get; private set; }

    /// <summary>
    /// Whether training changes the layer; true until <see cref="Model.Freeze"/>. A frozen layer's parameters keep their values, and batch
    /// normalization uses its running statistics.
    /// </summary>
    public bool IsTrainable { get; internal set; } = true;

    /// <summary>The shape of one output sample, without the batch.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Shape OutputShape
    {
        get => IsBuilt ? field : throw new InvalidOperationException($"Layer '{Name}' has not been built: the shape of its input is not known.");
        private set;
    }

    /// <summary>Whether shapes are known and parameters exist.</summary>
    public bool IsBuilt { get; private set; }

    /// <summary>The layer's parameters, in the order in which <see cref="Build"/> made them.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>The number of parameters' values.</summary>
    public int ParameterCount => _parameters.Sum(parameter => parameter.Shape.Length);

    /// <summary>The number of the layer in its model; selects the random stream of a layer that draws.</summary>
    protected internal int Index { get; internal set; }

    /// <summary>The model's seed, for a layer that draws random numbers.</summary>
    protected internal int ModelSeed { get; internal set; }

    /// <summary>The name before a number is added: the class name as Keras writes it, <c>batch_normalization</c>.</summary>
    protected virtual string DefaultName
    {
        get
        {
            string typeName = GetType().Name;
            var name = new StringBuilder();
            for (int i = 0; i < typeName.Length; i++)
            {
                bool startsWord = char.IsUpper(typeName[i]) && i > 0 && char.IsLower(typeName[i - 1]);
                name.Append(startsWord ? "_" : "").Append(char.ToLowerInvariant(typeName[i]));
            }

            return name.ToString();
        }
    }

    /// <summary>Computes the output by applying functions on the tape; runs for every distinct batch size, and in training and inference.</summary>
    /// <param name="tape">The tape; <see cref="Tape.IsTraining"/> tells what kind of run it is.</param>
    /// <param name="x">The input, [N, …].</param>
    /// <returns>The output, [N, …].</returns>
    public abstract Variable Call(Tape tape, Variable x);

    /// <summary>
    /// Puts the layer behind nodes of a functional model: Keras's <c>layer(x)</c>. Applied more than once, it is shared: one set of parameters.
    /// </summary>
    /// <param name="inputs">The nodes whose outputs it reads; one unless the layer is a <see cref="MergeLayer"/>.</param>
    /// <exception cref="ArgumentException">There is no input, or more than the layer reads.</exception>
    public Node Apply(params IReadOnlyList<Node> inputs) => new(this, inputs);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({GetType().Name})";

    /// <summary>Builds the layer for its inputs' shapes, once: its parameters, then its output's shape.</summary>
    /// <exception cref="ArgumentException">The layer has been built for other shapes, or cannot take these.</exception>
    internal void EnsureBuilt(params IReadOnlyList<Shape> inputShapes)
    {
        if (InputShape is { } expected && expected != inputShapes[0])
        {
            throw new ArgumentException($"Layer '{Name}': expected input of shape {Batched(expected)}, got {Batched(inputShapes[0])}.", nameof(inputShapes));
        }

        if (IsBuilt)
        {
            return;
        }

        InputShape = inputShapes[0];
        BuildOn(inputShapes);
        Tape tape = Tape.ForRecording(isTraining: false);
        Variable output = Apply(tape, [.. inputShapes.Select(shape => tape.Input([1, .. shape.Dimensions], "x"))]);
        if (output.Shape.Rank == 0 || output.Shape[0] != 1)
        {
            throw new ArgumentException(
                $"Layer '{Name}': Call must keep axis 0, the batch; for an input of {string.Join(" and ", inputShapes.Select(Batched))} it gave {output.Shape} at batch 1.",
                nameof(inputShapes));
        }

        OutputShape = new Shape(output.Shape.Dimensions[1..]);
        IsBuilt = true;
    }

    /// <summary><see cref="CallOn"/> with the tape's path set to the layer's name.</summary>
    internal Variable Apply(Tape tape, params IReadOnlyList<Variable> inputs)
    {
        string outer = tape.Path;
        tape.Path = outer.Length == 0 ? Name : $"{outer}/{Name}";
        Variable output = CallOn(tape, inputs);
        tape.Path = outer;
        return output;
    }

    /// <summary>Computes the output from as many inputs as the layer reads.</summary>
    private protected virtual Variable CallOn(Tape tape, IReadOnlyList<Variable> inputs) => Call(tape, inputs[0]);

    /// <summary>Makes the parameters for as many inputs as the layer reads.</summary>
    private protected virtual void BuildOn(IReadOnlyList<Shape> inputShapes) => Build(inputShapes[0]);

    /// <summary>Says whether the layer reads that many inputs.</summary>
    internal virtual bool Takes(int inputs) => inputs == 1;

    /// <summary>Makes the layer the next of a model's, with a name that none of the others has.</summary>
    internal void JoinModel(IReadOnlyList<Layer> others, int seed)
    {
        if (_isInModel)
        {
            throw new ArgumentException($"Layer '{Name}' is part of a model already; make another layer.");
        }

        var taken = others.Select(layer => layer.Name).ToHashSet(StringComparer.Ordinal);
        if (_name is not null && taken.Contains(_name))
        {
            throw new ArgumentException($"Two layers are called '{_name}'; give one another name.");
        }

        string name = _name ?? DefaultName;
        for (int number = 1; taken.Contains(name); number++)
        {
            name = $"{DefaultName}_{number}";
        }

        _name = name;
        _isInModel = true;
        Index = others.Count;
        ModelSeed = seed;
    }

    internal static string Batched(Shape shape) => shape.Rank == 0 ? "[n]" : $"[n,{string.Join(',', shape)}]";

    /// <summary>Makes the layer's parameters for an input shape, by <see cref="AddParameter"/>.</summary>
    /// <param name="inputShape">The shape of one sample, without the batch.</param>
    /// <exception cref="ArgumentException">The layer cannot take that shape; says expected and got.</exception>
    protected virtual void Build(Shape inputShape)
    {
    }

    /// <summary>Makes a parameter called <c>layer.name</c>; only from <see cref="Build"/>.</summary>
    /// <param name="name">Its name in the layer: <c>kernel</c>.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="initializer">How it gets its first values.</param>
    /// <param name="isTrainable">Whether the optimizer updates it.</param>
    /// <param name="regularizer">What is added to the loss for its size; null for nothing.</param>
    protected Parameter AddParameter(string name, Shape shape, Initializer initializer, bool isTrainable = true, Regularizer? regularizer = null)
    {
        if (IsBuilt)
        {
            throw new InvalidOperationException($"Layer '{Name}' has been built; parameters are made in Build alone.");
        }

        var parameter = new Parameter($"{Name}.{name}", shape, initializer, isTrainable) { Regularizer = regularizer };
        _parameters.Add(parameter);
        return parameter;
    }
}
