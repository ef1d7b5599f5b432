using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// x · Sigmoid(x) becomes Swish(x), and x · HardSigmoid(x) with α = 1/6 and β = 1/2 HardSwish(x), where the factor has no other reader: what exporters write for opsets that have no such operator.
/// </summary>
internal sealed class GatedActivationFusion : IGraphPass
{
    /// <inheritdoc/>
    public string Name => nameof(GatedActivationFusion);

    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        for (int position = 0; position < graph.Nodes.Count; position++)
        {
            if (graph.Nodes[position] is { Operator: Mul, Inputs: [{ } left, { } right] } node && (Match(left, right) ?? Match(right, left)) is { } match)
            {
                ModelGraph.Unlink(match.Gate);
                graph.ReplaceNode(position, new GraphNode(node.Name, match.Operator, [match.Gate.Inputs[0]], node.Outputs));
            }
        }
    }

    private static (GraphNode Gate, Operator Operator)? Match(GraphValue x, GraphValue factor)
    {
        if (factor is not { Producer: { } gate, IsOutput: false, Consumers.Count: 1, Info.Type: ElementType.Float32 or ElementType.Float64 } || gate.Inputs[0] != x)
        {
            return null;
        }

        return gate.Operator switch
        {
            Sigmoid => (gate, new Swish()),
            HardSigmoid { Beta: 0.5f, Alpha: var alpha } when Math.Abs(alpha - (1f / 6)) < 1e-6f => (gate, new HardSwish()),
            _ => null,
        };
    }
}
