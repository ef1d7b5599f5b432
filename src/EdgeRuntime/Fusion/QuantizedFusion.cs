using Toolkit.EdgeRuntime.Graphs;
using Toolkit.EdgeRuntime.Operators;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// DequantizeLinear → operator → QuantizeLinear becomes one operator on quantized elements, by ONNX Runtime's rules for its CPU kernels but for two: a Resize moves quantized
/// elements only where it takes the nearest, and a bias is int32 only where its scale is exactly float32(sx · sw) and its zero point 0. Scales and zero points are
/// constants, the operator's result has no other reader and is no output of the graph. It runs while weights are still quantized.
/// </summary>
internal sealed class QuantizedFusion : IGraphPass
{
    /// <inheritdoc/>
    public string Name => nameof(QuantizedFusion);

    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        QuantizedConstants.PushTransposes(graph);
        QuantizedActivations.Apply(graph);
        for (int position = 0; position < graph.Nodes.Count; position++)
        {
            GraphNode node = graph.Nodes[position];

            // A node that has been replaced makes nothing any more.
            if (node.Outputs is [{ } made, ..] && made.Producer == node)
            {
                Rewrite(graph, position, node);
            }
        }

        for (int position = 0; position < graph.Nodes.Count; position++)
        {
            if (QuantizedProducts.ToFloat(graph.Nodes[position]) is { } product)
            {
                graph.ReplaceNode(position, product);
            }
        }
    }

    /// <summary>The nodes of a compiled graph that compute in floating point, where the model has quantized ones at all.</summary>
    public static IReadOnlyList<OnnxNode> FloatNodes(OnnxModel model, ModelGraph graph)
    {
        if (!model.Graph.Nodes.Any(node => node.Operator is QuantizeLinear or DequantizeLinear or QLinearConv or QLinearMatMul or ContribOperator))
        {
            return [];
        }

        var nodes = new List<OnnxNode>();
        Add(graph, nodes);
        return nodes;
    }

    private static void Add(ModelGraph graph, List<OnnxNode> nodes)
    {
        foreach (GraphNode node in graph.Nodes)
        {
            if (node.Subgraphs.Count == 0 && node.Operator is not (DequantizeLinear or QGemm or MatMulIntegerToFloat)
                && Array.Exists(node.Outputs, output => output?.Info.Type is ElementType.Float32 or ElementType.Float64 or ElementType.Float16 or ElementType.BFloat16))
            {
                nodes.Add(node.Onnx);
            }

            foreach (ModelGraph? subgraph in node.Subgraphs)
            {
                if (subgraph is not null)
                {
                    Add(subgraph, nodes);
                }
            }
        }
    }

    private static void Rewrite(ModelGraph graph, int position, GraphNode node)
    {
        if (node.Operator is ArgMax or ArgMin && QuantizedLink.FromBytes(node.Inputs[0]) is { IsIncreasing: true } ranked)
        {
            Replace(graph, position, new GraphNode(node.Name, node.Operator, [ranked.Value], node.Outputs));
            return;
        }

        if (QuantizedLink.To(node) is not { } y)
        {
            return;
        }

        if (QuantizedLink.FromBytes(node.Inputs[0]) is { } same && same.IsSameAs(y) && HoldsExactly(same))
        {
            // The copy that the caller gets of an input stays.
            if (!(y.Value.IsOutput && (same.Value.Producer is null || same.Value.IsOutput)))
            {
                graph.Replace(y.Value, same.Value);
            }

            return;
        }

        if (QuantizedTables.Match(node, y, graph) is { } table)
        {
            graph.ReplaceNode(position, table);
            return;
        }

        if (node.Inputs[0] is not { IsOutput: false, Consumers.Count: 1, Producer: { Subgraphs.Count: 0 } op } result)
        {
            return;
        }

        if (op.Operator is Split)
        {
            QuantizedMovement.Split(graph, op);
            return;
        }

        if (op.Outputs[0] == result && Array.TrueForAll(op.Outputs[1..], output => output is null or { IsOutput: false, Consumers.Count: 0 })
            && (QuantizedMovement.Match(op, y) ?? QuantizedProducts.Match(op, y) ?? QuantizedElementwise.Match(op, y)) is { } fused
            && Replace(graph, position, fused))
        {
            ModelGraph.Unlink(op);
        }
    }

    // code · scale / scale is the code again, unless the product overflows or vanishes.
    private static bool HoldsExactly(QuantizedLink link) => MathF.Abs(link.ScaleOf(0)) is >= 1e-30f and <= 1e30f;

    private static bool Replace(ModelGraph graph, int position, GraphNode node)
    {
        try
        {
            _ = OperatorKernelTable.Prepare(node, graph.Model);
        }
        catch (UnsupportedOperatorException)
        {
            return false;
        }

        graph.ReplaceNode(position, node);
        return true;
    }
}
