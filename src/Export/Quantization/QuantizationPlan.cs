using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.Export.Quantization;

/// <summary>Which nodes of a prepared graph are quantized, which values therefore have 8-bit codes, and which of these share their parameters.</summary>
internal sealed class QuantizationPlan
{
    private readonly GraphView _view;
    private readonly OnnxGraph _graph;
    private readonly Dictionary<string, OperatorRole> _roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _fusedInto = new(StringComparer.Ordinal);
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);

    private QuantizationPlan(OnnxGraph graph, GraphView view) => (_graph, _view) = (graph, view);

    /// <summary>The values that have codes, constants that an Add, Mul or Concat reads among them.</summary>
    public IReadOnlySet<string> Values => _values;

    /// <summary>Why nodes stay float.</summary>
    public IReadOnlyDictionary<string, string> Reasons => _reasons;

    /// <summary>Plans a graph.</summary>
    /// <param name="graph">The prepared graph.</param>
    /// <param name="view">Its values.</param>
    /// <param name="excluded">Names of nodes that stay float.</param>
    /// <param name="only">Where given, the one node that is quantized, with the activation that belongs to it.</param>
    public static QuantizationPlan Make(OnnxGraph graph, GraphView view, IReadOnlyCollection<string> excluded, string? only = null)
    {
        var plan = new QuantizationPlan(graph, view);
        plan.ChooseNodes(excluded);
        plan.FuseActivations();
        plan.KeepLastActivations();
        if (only is not null)
        {
            foreach (string node in plan._roles.Keys.Where(node => node != only && plan._fusedInto.GetValueOrDefault(node) != only).ToArray())
            {
                plan._roles.Remove(node);
            }
        }

        plan.ChooseValues();
        plan.Share();
        return plan;
    }

    /// <summary>What a node is; None where it stays float.</summary>
    public OperatorRole RoleOf(OnnxNode node) => _roles.GetValueOrDefault(node.Name);

    /// <summary>Whether a node is an activation that the node before it takes in.</summary>
    public bool IsFused(OnnxNode node) => _fusedInto.ContainsKey(node.Name);

    /// <summary>The value that stands for the whole group that shares a value's parameters.</summary>
    public string GroupOf(string value)
    {
        while (_parents.TryGetValue(value, out string? parent) && parent != value)
        {
            value = parent;
        }

        return value;
    }

    /// <summary>Whether a value's range is its own: a Concat, a shape-only operator or a MaxPool gives what its inputs have.</summary>
    public bool HasOwnRange(string value) => _view.Maker(value) is not { } maker || RoleOf(maker) is not (OperatorRole.Join or OperatorRole.Selection);

    /// <summary>The value in which a quantized node's result is seen: that of the activation that it takes in, where there is one.</summary>
    public string ResultOf(OnnxNode node) =>
        _view.OnlyReader(node.Outputs[0]) is { } reader && _fusedInto.GetValueOrDefault(reader.Name) == node.Name ? reader.Outputs[0] : node.Outputs[0];

    private void ChooseNodes(IReadOnlyCollection<string> excluded)
    {
        foreach (OnnxNode node in _graph.Nodes)
        {
            (OperatorRole role, string? reason) = QuantizableOperators.Classify(node, _view);
            if (role == OperatorRole.None)
            {
                _reasons.Add(node.Name, reason!);
            }
            else if (excluded.Contains(node.Name))
            {
                _reasons.Add(node.Name, "excluded");
            }
            else
            {
                _roles.Add(node.Name, role);
            }
        }
    }

    private void FuseActivations()
    {
        foreach (OnnxNode node in _graph.Nodes)
        {
            if (RoleOf(node) is OperatorRole.Weighted or OperatorRole.ElementWise
                && _view.OnlyReader(node.Outputs[0]) is { Operator: Relu or Clip } reader && RoleOf(reader) == OperatorRole.Activation && reader.Inputs[0] == node.Outputs[0])
            {
                _fusedInto.Add(reader.Name, node.Name);
            }
        }
    }

    // Gemm and MatMul can give float: what follows them up to a float reader would only lose by 8 bits.
    private void KeepLastActivations()
    {
        foreach (OnnxNode node in _graph.Nodes.Reverse())
        {
            if (RoleOf(node) == OperatorRole.Activation && !HasQuantizedReader(node.Outputs[0]) && ComesFromProduct(node))
            {
                _roles.Remove(node.Name);
                _fusedInto.Remove(node.Name);
                _reasons.Add(node.Name, "its result is read as float, so that 8 bits would only lose precision");
            }
        }
    }

    private bool ComesFromProduct(OnnxNode node) => _view.Maker(node.Inputs[0]) is { } maker && _view.OnlyReader(node.Inputs[0]) is not null
        && (CanGiveFloat(maker) || (RoleOf(maker) == OperatorRole.Activation && ComesFromProduct(maker)));

    private bool CanGiveFloat(OnnxNode node) => RoleOf(node) == OperatorRole.Weighted && node.Operator is Gemm or MatMul;

    private bool HasQuantizedReader(string value) => _view.Readers(value).Any(reader => _roles.ContainsKey(reader.Name));

    private void ChooseValues()
    {
        foreach (OnnxNode node in _graph.Nodes.Where(node => RoleOf(node) is not (OperatorRole.None or OperatorRole.Selection) && !IsFused(node)))
        {
            OperatorRole role = RoleOf(node);
            _values.UnionWith(QuantizableOperators.DataInputs(node, role, _view).Select(input => node.Inputs[input]));
            string result = ResultOf(node);
            if (!CanGiveFloat(node) || HasReaderOtherThanSelection(result))
            {
                _values.Add(result);
            }
        }

        // A selection is quantized where something beside it is.
        OnnxNode[] selections = [.. _graph.Nodes.Where(node => RoleOf(node) == OperatorRole.Selection)];
        for (bool hasChanged = true; hasChanged;)
        {
            hasChanged = false;
            foreach (OnnxNode node in selections)
            {
                if (_values.Contains(node.Inputs[0]) || node.Outputs.Any(_values.Contains))
                {
                    int before = _values.Count;
                    _values.Add(node.Inputs[0]);
                    _values.UnionWith(node.Outputs.Where(output => output.Length > 0));
                    hasChanged |= _values.Count > before;
                }
            }
        }

        foreach (OnnxNode node in selections.Where(node => !_values.Contains(node.Inputs[0])))
        {
            _roles.Remove(node.Name);
            _reasons.TryAdd(node.Name, "nothing beside it is quantized");
        }
    }

    private bool HasReaderOtherThanSelection(string value) => _view.Readers(value).Any(reader => RoleOf(reader) is not (OperatorRole.None or OperatorRole.Selection));

    private void Share()
    {
        foreach (OnnxNode node in _graph.Nodes)
        {
            switch (RoleOf(node))
            {
                case OperatorRole.Join:
                    foreach (string input in node.Inputs)
                    {
                        Unite(node.Outputs[0], input);
                    }

                    break;
                case OperatorRole.Selection:
                    foreach (string output in node.Outputs.Where(output => output.Length > 0))
                    {
                        Unite(node.Inputs[0], output);
                    }

                    break;
            }
        }
    }

    private void Unite(string a, string b)
    {
        string first = GroupOf(a);
        string second = GroupOf(b);
        if (first != second)
        {
            _parents[second] = first;
        }
    }
}
