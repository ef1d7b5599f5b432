using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Inference;

namespace Toolkit.EdgeRuntime.Graphs;

/// <summary>Makes a graph that is linked by references of one that is linked by names, and infers types and shapes on the way.</summary>
internal sealed class GraphBuilder
{
    private readonly ModelGraph _graph;
    private readonly GraphScope _scope;
    private readonly int _depth;

    private GraphBuilder(OnnxModel model, OnnxLimits limits, GraphScope? outer, int depth)
    {
        _graph = new ModelGraph(model, limits);
        _scope = new GraphScope(outer);
        _depth = depth;
        if (depth > limits.MaxDepth)
        {
            throw new OnnxModelException($"Graph: subgraphs nest deeper than the limit of {limits.MaxDepth} (OnnxLimits.MaxDepth).");
        }
    }

    /// <summary>Links a model's graph.</summary>
    public static ModelGraph Build(OnnxModel model, OnnxLimits limits)
    {
        var builder = new GraphBuilder(model, limits, null, 1);
        builder.Fill(model.Graph, [.. model.Graph.Inputs.Select(input => new InferredValue(input.Type))]);
        return builder._graph;
    }

    private void Fill(OnnxGraph source, IReadOnlyList<InferredValue> inputs)
    {
        for (int i = 0; i < inputs.Count; i++)
        {
            var value = new GraphValue(source.Inputs[i].Name, inputs[i]) { IsInput = true };
            _scope.Define(value);
            _graph.Inputs.Add(value);
        }

        foreach ((string name, Tensor tensor) in source.Initializers)
        {
            _scope.Define(new GraphValue(name, new InferredValue(tensor.Contiguous())));
        }

        foreach (OnnxNode node in source.Nodes)
        {
            Link(node);
        }

        foreach (ValueInfo output in source.Outputs)
        {
            GraphValue value = _scope.Find(output.Name) ?? throw new OnnxModelException($"Graph output '{output.Name}': no input, initializer or node makes it; check the name.");
            value.IsOutput = true;
            _graph.Outputs.Add(value);
        }
    }

    private void Link(OnnxNode node)
    {
        var inputs = new GraphValue?[CountUsed(node.Inputs)];
        for (int i = 0; i < inputs.Length; i++)
        {
            string name = node.Inputs[i];
            inputs[i] = name.Length == 0 ? null
                : _scope.Find(name) ?? throw new OnnxModelException($"{node}: reads '{name}', which no input, initializer or earlier node makes; check the name.");
        }

        SubgraphBuilder? subgraphs = node.Operator is ControlFlowOperator flow ? new SubgraphBuilder(this, flow) : null;
        IReadOnlyList<InferredValue?> inferred = ShapeInference.InferNode(node, Array.ConvertAll(inputs, input => input?.Info), subgraphs);
        var outputs = new GraphValue?[node.Outputs.Count];
        for (int i = 0; i < outputs.Length; i++)
        {
            // Kernels may leave out every output but the first, which only a few operators do without.
            bool isUnwanted = node.Outputs[i].Length == 0;
            if (!isUnwanted || (i == 0 && node.Operator is not (Onnx.Operators.RecurrentOperator or Onnx.Operators.TopK or Onnx.Operators.Unique)))
            {
                outputs[i] = new GraphValue(isUnwanted ? $"{node.Name}/unwanted" : node.Outputs[i], inferred[i] ?? new InferredValue(ElementType.Undefined, null));
                _scope.Define(outputs[i]!);
            }
        }

        _graph.Add(new GraphNode(node.Name, node.Operator, subgraphs is null ? inputs : [.. inputs, .. subgraphs.FeedCaptures()], outputs)
        {
            OperatorInputCount = inputs.Length,
            Subgraphs = subgraphs?.Graphs ?? [],
        });
    }

    private static int CountUsed(IReadOnlyList<string> names)
    {
        int count = names.Count;
        while (count > 0 && names[count - 1].Length == 0)
        {
            count--;
        }

        return count;
    }

    /// <summary>Builds a node's subgraphs as its inference asks for them; what was built last is what holds.</summary>
    private sealed class SubgraphBuilder(GraphBuilder outer, ControlFlowOperator flow) : ISubgraphInference
    {
        // Three passes at most a level, and no more than 27 in all.
        private const int MaxRepeatedDepth = 3;

        private readonly GraphBuilder?[] _builders = new GraphBuilder?[flow.Graphs.Count];

        public bool MayRepeat => outer._depth <= MaxRepeatedDepth;

        public ModelGraph?[] Graphs => Array.ConvertAll(_builders, builder => builder?._graph);

        public IReadOnlyList<InferredValue> Infer(int graph, IReadOnlyList<InferredValue> inputs)
        {
            var builder = new GraphBuilder(outer._graph.Model, outer._graph.Limits, outer._scope, outer._depth + 1);
            try
            {
                builder.Fill(flow.Graphs[graph], inputs);
            }
            catch (OnnxModelException) when (flow is Onnx.Operators.If)
            {
                // A branch that contradicts the shapes around it does not run for them.
                _builders[graph] = null;
                return [.. flow.Graphs[graph].Outputs.Select(_ => new InferredValue(ElementType.Undefined, null))];
            }

            _builders[graph] = builder;
            return [.. builder._graph.Outputs.Select(output => output.Info)];
        }

        /// <summary>Makes what the subgraphs see an input of each of them, in one order, and returns the values that are fed.</summary>
        public List<GraphValue> FeedCaptures()
        {
            var captured = new List<GraphValue>();
            var seen = new HashSet<GraphValue>();
            foreach (GraphBuilder? builder in _builders)
            {
                captured.AddRange(builder?._scope.Captures.Select(capture => capture.Outer).Where(seen.Add) ?? []);
            }

            foreach (GraphBuilder? builder in _builders)
            {
                if (builder is not null)
                {
                    Dictionary<GraphValue, GraphValue> inner = builder._scope.Captures.ToDictionary(capture => capture.Outer, capture => capture.Inner);
                    builder._graph.Inputs.AddRange(captured.Select(value => inner.GetValueOrDefault(value) ?? new GraphValue(value.Name, value.Info) { IsInput = true }));
                }
            }

            return captured;
        }
    }
}
