using Toolkit.EdgeRuntime.Graphs;
using Toolkit.EdgeRuntime.Operators;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// Relu or Clip between an operator and a QuantizeLinear. Quantizing never decreases, so that it may come first: what the activation does to the codes is a clamp,
/// which the range of the codes often implies. The bits are the same.
/// </summary>
internal static class QuantizedActivations
{
    /// <summary>Rewrites the graph.</summary>
    public static void Apply(ModelGraph graph)
    {
        var makers = new Dictionary<GraphValue, int>();
        for (int position = 0; position < graph.Nodes.Count; position++)
        {
            GraphNode node = graph.Nodes[position];
            if (node.Operator is Relu or Clip)
            {
                makers[node.Outputs[0]!] = position;
            }

            if (QuantizedLink.To(node) is { IsIncreasing: true } y
                && node.Inputs[0] is { IsOutput: false, Consumers.Count: 1, Producer: { } activation } result
                && activation.Inputs[0] is { Producer: { Operator: not (DequantizeLinear or UnaryOperator or Clip) }, IsOutput: false, Consumers.Count: 1 } x
                && RangeOf(activation) is { } range && range.Low <= range.High)
            {
                Rewrite(graph, position, makers[result], x, y, range);
            }
        }
    }

    private static void Rewrite(ModelGraph graph, int position, int activationPosition, GraphValue x, QuantizedLink y, (float Low, float High) range)
    {
        GraphNode node = graph.Nodes[position];
        GraphNode activation = graph.Nodes[activationPosition];
        int low = ByteTable.Code(y.Type, ByteTable.Quantize(range.Low, y.ScaleOf(0), y.Zero(0), y.Type));
        int high = ByteTable.Code(y.Type, ByteTable.Quantize(range.High, y.ScaleOf(0), y.Zero(0), y.Type));
        (int least, int greatest) = y.Type == ElementType.Int8 ? ((int)sbyte.MinValue, (int)sbyte.MaxValue) : (byte.MinValue, byte.MaxValue);
        if (low <= least && high >= greatest)
        {
            graph.Replace(node.Inputs[0]!, x);
            ModelGraph.Unlink(activation);
            return;
        }

        var table = new byte[ByteTable.Length];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = unchecked((byte)Math.Clamp(ByteTable.Code(y.Type, (byte)i), low, high));
        }

        var codes = new GraphValue($"{y.Value.Name}/codes", new InferredValue(y.Type, y.Value.Info.Shape));
        GraphValue?[] parameters = node.Inputs[1..];
        graph.ReplaceNode(activationPosition, new GraphNode(node.Name, node.Operator, [x, .. parameters], [codes]));
        graph.ReplaceNode(position, new GraphNode(activation.Name, new ByteLookup(activation.Operator.OpType, new ValueList<byte>(table), y.Type), [codes], node.Outputs));
    }

    private static (float Low, float High)? RangeOf(GraphNode node) => node.Operator switch
    {
        Relu => (0, float.PositiveInfinity),
        Clip when Bound(node, 1, float.NegativeInfinity) is { } low && Bound(node, 2, float.PositiveInfinity) is { } high => (low, high),
        _ => null,
    };

    // A constant bound, or the one where there is none; null where it is not known.
    private static float? Bound(GraphNode node, int input, float absent) =>
        node.Inputs.Length <= input || node.Inputs[input] is not { } bound ? absent
        : bound.Constant is Tensor<float> { Length: 1 } constant && !float.IsNaN(constant.Span[0]) ? constant.Span[0] : null;
}
