using System.Globalization;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Trainer.Autograd;
using Identity = Toolkit.Onnx.Operators.Identity;

namespace Toolkit.Export;

/// <summary>
/// Turns a trace into a graph: every Function writes its own operators here, so that export knows no layer and no operation.
/// Nodes are named <c>/path/OpType</c>, their values <c>/path/OpType_output_0</c>; a repeated name gets <c>_1</c>, <c>_2</c> ….
/// </summary>
internal sealed class GraphRecorder : IOperatorSink
{
    private const string Batch = "N";

    private readonly InferenceTrace _trace;
    private readonly List<OnnxNode> _nodes = [];
    private readonly OrderedDictionary<string, Tensor> _constants = [];
    private readonly HashSet<string> _nodeNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _valueNames = new(StringComparer.Ordinal);
    private string _path = "";

    private GraphRecorder(InferenceTrace trace) => _trace = trace;

    /// <summary>Records a trace as a graph of that name.</summary>
    /// <exception cref="InvalidOperationException">Two inputs, parameters or outputs have one name.</exception>
    public static OnnxGraph Record(InferenceTrace trace, string name)
    {
        var graph = new OnnxGraph { Name = name };
        new GraphRecorder(trace).Fill(graph);
        return graph;
    }

    /// <inheritdoc/>
    public string Add(Operator operatorRecord, params ReadOnlySpan<string> inputs)
    {
        ArgumentNullException.ThrowIfNull(operatorRecord);
        string name = Unique($"/{_path}/{operatorRecord.OpType}", _nodeNames);
        string output = Unique($"{name}_output_0", _valueNames);
        _nodes.Add(new OnnxNode(name, operatorRecord, inputs.ToArray(), [output]));
        return output;
    }

    /// <inheritdoc/>
    public string Constant(string suffix, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        string name = Unique($"/{_path}/{suffix}", _valueNames);
        _constants.Add(name, value);
        return name;
    }

    private void Fill(OnnxGraph graph)
    {
        var names = new string[_trace.Values.Count];
        for (int i = 0; i < names.Length; i++)
        {
            TraceValue value = _trace.Values[i];
            names[i] = value.Name;
            if (value.Kind != TraceValueKind.Intermediate)
            {
                Claim(value.Name);
            }
        }

        foreach ((string name, _) in _trace.Outputs)
        {
            Claim(name);
        }

        foreach (TraceStep step in _trace.Steps)
        {
            _path = step.Path;
            names[step.Output] = step.Function.Emit(
                this,
                step.Inputs.Select(input => names[input]).ToArray(),
                step.Inputs.Select(input => _trace.Values[input].Shape).ToArray());
        }

        foreach (int input in _trace.Inputs)
        {
            graph.Inputs.Add(new ValueInfo(names[input], ElementType.Float32, WithBatch(_trace.Values[input].Shape)));
        }

        foreach ((string name, int value) in _trace.Outputs)
        {
            NameOutput(name, names[value]);
            graph.Outputs.Add(new ValueInfo(name, ElementType.Float32, WithBatch(_trace.Values[value].Shape)));
        }

        foreach (OnnxNode node in _nodes)
        {
            graph.Nodes.Add(node);
        }

        AddInitializers(graph);
    }

    /// <summary>The parameters that a node reads, in the trainer's order, then the other constants.</summary>
    private void AddInitializers(OnnxGraph graph)
    {
        var read = new HashSet<string>(_nodes.SelectMany(node => node.Inputs), StringComparer.Ordinal);
        foreach (TraceValue value in _trace.Values)
        {
            if (value is { Kind: TraceValueKind.Parameter, Data: { } data } && read.Contains(value.Name))
            {
                graph.Initializers.Add(value.Name, data);
            }
        }

        foreach ((string name, Tensor value) in _constants)
        {
            graph.Initializers.Add(name, value);
        }
    }

    /// <summary>
    /// Gives the value of an output the output's name. Where no node makes it, or makes it for another output (a model that ends in
    /// dropout, or passes its input through), an Identity node copies it.
    /// </summary>
    private void NameOutput(string name, string value)
    {
        int maker = _nodes.FindIndex(node => node.Outputs.Contains(value, StringComparer.Ordinal));
        if (maker < 0 || _trace.Outputs.Any(output => output.Name == value))
        {
            _nodes.Add(new OnnxNode(Unique($"/{name}/Identity", _nodeNames), new Identity(), [value], [name]));
            return;
        }

        for (int i = 0; i < _nodes.Count; i++)
        {
            OnnxNode node = _nodes[i];
            _nodes[i] = node with
            {
                Inputs = [.. node.Inputs.Select(input => input == value ? name : input)],
                Outputs = [.. node.Outputs.Select(output => output == value ? name : output)],
            };
        }
    }

    private void Claim(string name)
    {
        if (name.Length == 0 || !_valueNames.Add(name))
        {
            throw new InvalidOperationException(
                $"Export: expected inputs, parameters and outputs to have one name each, got '{name}' {(name.Length == 0 ? "(empty)" : "twice")}; rename the layer.");
        }
    }

    private static string Unique(string name, HashSet<string> taken)
    {
        string candidate = name;
        for (int i = 1; !taken.Add(candidate); i++)
        {
            candidate = string.Create(CultureInfo.InvariantCulture, $"{name}_{i}");
        }

        return candidate;
    }

    private static SymbolicShape WithBatch(Shape shape)
    {
        var dimensions = new Dimension[shape.Rank];
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            dimensions[axis] = axis == 0 ? new Dimension(Batch) : new Dimension(shape[axis]);
        }

        return new SymbolicShape(dimensions);
    }
}
