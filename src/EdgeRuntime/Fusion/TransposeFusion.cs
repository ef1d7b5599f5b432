using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Onnx;
using Toolkit.Onnx.Inference;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// Two Transposes in a row become one, or none where the second undoes the first; so do two with element-wise operators of no other reader between them, which then run in the first
/// one's order: what converters leave that go from channels last to channels first and back. A Transpose that keeps the order goes.
/// </summary>
internal sealed class TransposeFusion : IGraphPass
{
    // Element-wise operators that are looked through.
    private const int MostBetween = 16;

    /// <inheritdoc/>
    public string Name => nameof(TransposeFusion);

    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        var added = new Dictionary<GraphNode, List<GraphNode>>();

        // What the Transposes so far make, in whatever number: a value in another order.
        var transposed = new Dictionary<GraphValue, (GraphValue Source, int[] Order)>();
        foreach (GraphNode node in graph.Nodes)
        {
            if (node is not { Operator: Transpose, Inputs: [{ } input], Outputs: [{ } output] } || OrderOf(node) is not { } order)
            {
                continue;
            }

            var between = new List<GraphNode>();
            if (IsIdentity(order))
            {
                Bypass(graph, output, input);
            }
            else if (transposed.TryGetValue(input, out (GraphValue Source, int[] Order) first))
            {
                int[] both = Array.ConvertAll(order, axis => first.Order[axis]);
                if (IsIdentity(both))
                {
                    Bypass(graph, output, first.Source);
                }
                else
                {
                    transposed.Add(output, (first.Source, both));
                    added.Add(node, [new GraphNode(node.Name, new Transpose(IntList.Create(Array.ConvertAll(both, axis => (long)axis))), [first.Source], [output])]);
                }
            }
            else if (input.Producer is not null && Without(input, Inverse(order), between, 0) is { } lifted && between.Count > 0)
            {
                // The last of them makes what the Transpose made.
                GraphNode last = between[^1];
                between[^1] = new GraphNode(last.Name, last.Operator, last.Inputs, [output]);
                added.Add(node, between);
            }
            else
            {
                transposed.Add(output, (input, order));
            }
        }

        if (added.Count > 0)
        {
            graph.ReplaceNodes(node => added.TryGetValue(node, out List<GraphNode>? nodes) ? nodes : [node]);
        }
    }

    // The value that the given one is a Transpose of: by a Transpose of that order itself, or by element-wise operators on such values, whose copies are added to the list in order.
    private static GraphValue? Without(GraphValue value, int[] order, List<GraphNode> nodes, int depth)
    {
        if (value.Producer is not { Outputs: [_] } producer || depth > MostBetween)
        {
            return null;
        }

        if (producer.Operator is Transpose)
        {
            return OrderOf(producer) is { } own && own.AsSpan().SequenceEqual(order) ? producer.Inputs[0] : null;
        }

        if (value.IsOutput || value.Consumers.Count != 1 || !IsElementwise(producer) || value.Info.Shape is not { } shape || shape.Rank != order.Length)
        {
            return null;
        }

        var inputs = new GraphValue?[producer.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            GraphValue? input = producer.Inputs[i];
            bool isScalar = input?.Constant is { Shape: { Length: 1, Rank: var rank } } && rank <= shape.Rank;
            inputs[i] = input is null || isScalar ? input : input.Info.Shape?.Rank == shape.Rank ? Without(input, order, nodes, depth + 1) : null;
            if (input is not null && inputs[i] is null)
            {
                return null;
            }
        }

        // Axis i of what is there is axis order[i] of what is made now.
        var dimensions = new Dimension[shape.Rank];
        for (int axis = 0; axis < dimensions.Length; axis++)
        {
            dimensions[order[axis]] = shape[axis];
        }

        var made = new GraphValue(value.Name + "/transposed", new InferredValue(value.Info.Type, new SymbolicShape(dimensions)));
        nodes.Add(new GraphNode(producer.Name, producer.Operator, inputs, [made]));
        return made;
    }

    private static bool IsElementwise(GraphNode node) => node.Operator switch
    {
        Identity => false,
        UnaryOperator or BroadcastOperator => true,
        Clip or PRelu => true,
        _ => false,
    };

    private static void Bypass(ModelGraph graph, GraphValue output, GraphValue input)
    {
        // Between an input or constant and an output stays the copy that the caller gets.
        if (!(output.IsOutput && (input.Producer is null || input.IsOutput)))
        {
            graph.Replace(output, input);
        }
    }

    private static int[]? OrderOf(GraphNode node)
    {
        if (node.Inputs[0]?.Info.Shape is not { } shape)
        {
            return null;
        }

        IntList? order = ((Transpose)node.Operator).Perm;
        return order is null ? [.. Enumerable.Range(0, shape.Rank).Reverse()] : [.. order.Select(axis => (int)axis)];
    }

    private static int[] Inverse(int[] order)
    {
        var inverse = new int[order.Length];
        for (int axis = 0; axis < order.Length; axis++)
        {
            inverse[order[axis]] = axis;
        }

        return inverse;
    }

    private static bool IsIdentity(int[] order) => order.Select((axis, i) => axis == i).All(same => same);
}
