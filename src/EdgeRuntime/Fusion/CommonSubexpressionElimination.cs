using System.Runtime.CompilerServices;
using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// A node that computes what an earlier one has computed gives way to it: the same operator with the same attributes on the same values. Small constants of the same elements are the same value. What draws random
/// numbers, or holds a subgraph, is never the same.
/// </summary>
internal sealed class CommonSubexpressionElimination : IGraphPass
{
    // Comparing larger constants costs more than it finds: bounds, axes and shapes are small.
    private const int MostComparedBytes = 512;

    /// <inheritdoc/>
    public string Name => nameof(CommonSubexpressionElimination);

    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        var constants = new Dictionary<ConstantKey, GraphValue>();
        var canonical = new Dictionary<GraphValue, GraphValue>();
        var computed = new Dictionary<NodeKey, GraphNode>();
        foreach (GraphNode node in graph.Nodes)
        {
            if (!IsRepeatable(node.Operator))
            {
                continue;
            }

            GraphValue?[] inputs = Array.ConvertAll(node.Inputs, input => input is null ? null : Canonical(input));
            if (!computed.TryAdd(new NodeKey(node.Operator, inputs, node.Outputs.Length), node))
            {
                Merge(graph, computed[new NodeKey(node.Operator, inputs, node.Outputs.Length)], node);
            }
        }

        GraphValue Canonical(GraphValue value)
        {
            if (value.Constant is not { ElementType: not ElementType.String } constant || constant.Bytes.Length > MostComparedBytes)
            {
                return value;
            }

            if (!canonical.TryGetValue(value, out GraphValue? first))
            {
                var key = new ConstantKey(constant);
                first = constants.TryGetValue(key, out GraphValue? known) ? known : constants[key] = value;
                canonical.Add(value, first);
            }

            return first;
        }
    }

    private static bool IsRepeatable(Operator op) =>
        op is not (RandomOperator or Bernoulli or Multinomial or Dropout or If or Loop or Scan or SequenceMap);

    // An output that the caller gets stays where the other one is an output too: each is a tensor of its own.
    private static void Merge(ModelGraph graph, GraphNode first, GraphNode second)
    {
        for (int i = 0; i < second.Outputs.Length; i++)
        {
            if (first.Outputs[i] is { } kept && second.Outputs[i] is { } repeated && !(kept.IsOutput && repeated.IsOutput))
            {
                graph.Replace(repeated, kept);
            }
        }
    }

    private readonly struct ConstantKey(Tensor tensor) : IEquatable<ConstantKey>
    {
        private readonly Tensor _tensor = tensor;

        public bool Equals(ConstantKey other) =>
            _tensor.ElementType == other._tensor.ElementType && _tensor.Shape == other._tensor.Shape && _tensor.Bytes.SequenceEqual(other._tensor.Bytes);

        public override bool Equals(object? obj) => obj is ConstantKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(_tensor.ElementType);
            hash.AddBytes(_tensor.Bytes);
            return hash.ToHashCode();
        }
    }

    private readonly struct NodeKey(Operator op, GraphValue?[] inputs, int outputs) : IEquatable<NodeKey>
    {
        private readonly Operator _operator = op;
        private readonly GraphValue?[] _inputs = inputs;
        private readonly int _outputs = outputs;

        public bool Equals(NodeKey other) => _outputs == other._outputs && _inputs.AsSpan().SequenceEqual(other._inputs) && _operator.Equals(other._operator);

        public override bool Equals(object? obj) => obj is NodeKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(_operator.OpType, StringComparer.Ordinal);
            foreach (GraphValue? input in _inputs)
            {
                hash.Add(input is null ? 0 : RuntimeHelpers.GetHashCode(input));
            }

            return hash.ToHashCode();
        }
    }
}
