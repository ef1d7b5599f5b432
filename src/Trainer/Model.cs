using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Training;

namespace Toolkit.Trainer;

/// <summary>
/// A network that can be trained, evaluated, asked and exported: layers between input and output nodes, with branches, shared layers,
/// several inputs and outputs, and Keras's <c>Compile</c>, <c>Fit</c>, <c>Evaluate</c>, <c>Predict</c> and <c>Summary</c>. The same seed, data and
/// calls give the same weights to the bit, whatever the number of threads. <see cref="Sequential"/> is the model of one chain.
/// <code>
/// Node image = new Input(1, 28, 28);
/// Node h = new Conv2D(32, 3, padding: "same", activation: "relu").Apply(image);
/// Node r = new Conv2D(32, 3, padding: "same").Apply(h);
/// Node y = new Dense(10, "softmax").Apply(new GlobalAveragePooling2D().Apply(h + r));
/// var model = new Model(image, y);
/// </code>
/// </summary>
/// <remarks>Not thread-safe; one thread uses a model at a time.</remarks>
public partial class Model
{
    private readonly ProgramCache _programs;
    private ModelGraph? _graph;
    private ParameterArena? _arena;
    private bool _isInitialized;

    /// <summary>Makes a model of one input and one output.</summary>
    /// <inheritdoc cref="Model(IReadOnlyList{Node}, IReadOnlyList{Node})"/>
    public Model(Node input, Node output)
        : this([input], [output])
    {
    }

    /// <summary>Makes a model of everything between inputs and outputs.</summary>
    /// <param name="inputs">The nodes of <see cref="Layers.Input"/> layers, in the order in which data is given.</param>
    /// <param name="outputs">The nodes that are predicted.</param>
    /// <exception cref="ArgumentException">
    /// A layer cannot take its inputs (says which, expected and got), is part of another model, or has the name of another; an output depends
    /// on an input that is not listed.
    /// </exception>
    public Model(IReadOnlyList<Node> inputs, IReadOnlyList<Node> outputs)
        : this()
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        var graph = new ModelGraph(inputs, outputs);
        var joined = new List<Layer>();
        foreach (Layer layer in graph.Layers)
        {
            layer.JoinModel(joined, Seed);
            joined.Add(layer);
        }

        var inputLayers = new List<Layer>();
        foreach (Node input in graph.Inputs)
        {
            input.Layer.JoinModel(inputLayers, Seed);
            inputLayers.Add(input.Layer);
        }

        Complete(graph);
    }

    private protected Model() => _programs = new ProgramCache(this);

    /// <summary>The model's name, which becomes the graph's.</summary>
    public string Name { get; init; } = "model";

    /// <summary>The layers in the order in which they run, without <see cref="Layers.Input"/>.</summary>
    public virtual IReadOnlyList<Layer> Layers => Graph.Layers;

    /// <summary>The shape of one sample of the first input, without the batch; null until it is known.</summary>
    public virtual Shape? InputShape => _graph?.Inputs[0].Layer.InputShape;

    /// <summary>The shape of one sample of the first output, without the batch.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public Shape OutputShape => OutputShapes[0];

    /// <summary>The shape of one sample of each input, without the batch.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public IReadOnlyList<Shape> InputShapes => [.. Graph.Inputs.Select(ModelGraph.ShapeOf)];

    /// <summary>The shape of one sample of each output, without the batch.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public IReadOnlyList<Shape> OutputShapes => [.. Graph.Outputs.Select(ModelGraph.ShapeOf)];

    /// <summary>The names of the inputs, which exported files carry: <c>input</c>, or with several the names of their layers.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public IReadOnlyList<string> InputNames => Graph.Inputs.Count == 1 ? ["input"] : [.. Graph.Inputs.Select(node => node.Layer.Name)];

    /// <summary>The names of the outputs, which logs and exported files carry: <c>output</c>, or with several the names of their layers.</summary>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public IReadOnlyList<string> OutputNames => Graph.Outputs.Count == 1 ? ["output"] : [.. DistinctNames(Graph.Outputs.Select(node => node.Layer.Name))];

    /// <summary>Whether shapes are known and parameters exist.</summary>
    public bool IsBuilt => _arena is not null;

    /// <summary>The seed of first weights, dropout and shuffling.</summary>
    public int Seed { get; private set; } = 42;

    /// <summary>The threads to compute with; as many as <see cref="WorkerPool.Shared"/> has by default. Results do not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int Threads
    {
        get => Workers.ThreadCount;
        set => Workers = WorkerPools.Of(value);
    }

    internal WorkerPool Workers { get => field ?? WorkerPool.Shared; private set; }

    /// <summary>The nodes.</summary>
    /// <exception cref="InvalidOperationException">The shape of the input is not known.</exception>
    internal ModelGraph Graph
    {
        get
        {
            if (_graph is null && InputShape is { } shape)
            {
                Build(shape);
            }

            return _graph ?? throw NotBuilt();
        }
    }

    /// <summary>The layer of a name.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists the names.</exception>
    public Layer GetLayer(string name) => Layers.FirstOrDefault(layer => layer.Name == name)
        ?? throw new ArgumentException($"Model '{Name}' has no layer '{name}'; expected one of {string.Join(", ", Layers.Select(layer => layer.Name))}.", nameof(name));

    /// <summary>Computes the output of a model of one input and one output by applying the layers on a tape.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="x">The input, [N, …].</param>
    /// <exception cref="InvalidOperationException">The model has several inputs or outputs, or has not been built.</exception>
    public Variable Call(Tape tape, Variable x)
    {
        IReadOnlyList<Variable> outputs = Call(tape, [x]);
        return outputs.Count == 1 ? outputs[0] : throw Several("outputs", outputs.Count, "Call with a list");
    }

    /// <summary>Computes the outputs by applying the layers on a tape.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="inputs">The inputs, each [N, …].</param>
    /// <exception cref="ArgumentException">The number of inputs or a shape does not fit; says expected and got.</exception>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    public IReadOnlyList<Variable> Call(Tape tape, IReadOnlyList<Variable> inputs)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(inputs);
        Dictionary<Node, Variable> values = Graph.Call(tape, inputs);
        return [.. Graph.Outputs.Select(node => values[node])];
    }

    /// <summary>Builds the layers for an input shape, which makes their parameters; Fit and Predict do it from their data.</summary>
    /// <param name="inputShape">The shape of one sample, without the batch.</param>
    /// <exception cref="ArgumentException">A layer cannot take its input; says which, expected and got.</exception>
    public void Build(Shape inputShape)
    {
        if (_graph is null)
        {
            Complete(MakeGraph(inputShape));
        }
        else if (_graph.Inputs[0].Layer.InputShape is { } expected && expected != inputShape)
        {
            throw new ArgumentException($"Model '{Name}': built for input of shape {Layer.Batched(expected)}, got {Layer.Batched(inputShape)}.", nameof(inputShape));
        }
    }

    /// <summary>The graph for an input shape, where it could not be made before that was known.</summary>
    private protected virtual ModelGraph MakeGraph(Shape inputShape) => throw NotBuilt();

    private static IEnumerable<string> DistinctNames(IEnumerable<string> names)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            string distinct = name;
            for (int number = 1; !taken.Add(distinct); number++)
            {
                distinct = $"{name}_{number}";
            }

            yield return distinct;
        }
    }

    private void Complete(ModelGraph graph)
    {
        graph.Build();
        _graph = graph;
        _arena = new ParameterArena([.. graph.Layers.SelectMany(layer => layer.Parameters)]);
    }

    private InvalidOperationException NotBuilt() => new(
        $"Model '{Name}' has not been built: the shape of its input is not known. Start it with new Input(…), give the first layer an inputShape, or call Build or Fit.");

    private InvalidOperationException Several(string what, int count, string advice) => new($"Model '{Name}' has {count} {what}; use {advice}.");
}
