using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>Operators that move or choose elements do so with quantized ones, where these mean the same before and behind.</summary>
internal static class QuantizedMovement
{
    /// <summary>The node on quantized elements in place of an operator and the QuantizeLinear behind it; null where it is none of these.</summary>
    public static GraphNode? Match(GraphNode node, QuantizedLink y)
    {
        if (!Moves(node) || QuantizedLink.FromBytes(node.Inputs[0]) is not { IsIncreasing: true } x || !x.IsSameAs(y))
        {
            return null;
        }

        return new GraphNode(node.Name, node.Operator, [x.Value, .. node.Inputs[1..]], [y.Value]);
    }

    /// <summary>A Split, where every part is quantized as the whole was.</summary>
    public static void Split(ModelGraph graph, GraphNode node)
    {
        if (QuantizedLink.FromBytes(node.Inputs[0]) is not { IsIncreasing: true } x)
        {
            return;
        }

        var parts = new GraphNode[node.Outputs.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (node.Outputs[i] is not { IsOutput: false, Consumers: [{ } part] } || QuantizedLink.To(part) is not { } y || !y.IsSameAs(x))
            {
                return;
            }

            parts[i] = part;
        }

        foreach (GraphNode part in parts)
        {
            ModelGraph.Unlink(part);
        }

        graph.ReplaceNode(graph.Nodes.IndexOf(node), new GraphNode(node.Name, node.Operator, [x.Value, .. node.Inputs[1..]], Array.ConvertAll(parts, part => part.Outputs[0])));
    }

    private static bool Moves(GraphNode node) => node.Operator switch
    {
        DepthToSpace or Expand or Flatten or Gather or GatherElements or Identity or MaxPool or ReduceMax or ReduceMin or Reshape or Slice or SpaceToDepth or Squeeze or Tile or Transpose or Unsqueeze => true,
        Resize { Mode: ResizeMode.Nearest, Antialias: false, Transformation: not CoordinateTransformation.TfCropAndResize } => true,
        _ => false,
    };
}
