using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>Sums, products, choices, poolings and joins of quantized elements of one type.</summary>
internal static class QuantizedElementwise
{
    /// <summary>The node on quantized elements in place of an operator and the QuantizeLinear behind it; null where it is none of these.</summary>
    public static GraphNode? Match(GraphNode node, QuantizedLink y)
    {
        if (node.Operator is Concat concat)
        {
            return Join(node, concat, y);
        }

        int first = node.Operator is Where ? 1 : 0;
        int count = node.Operator is Add or Mul or Where ? 2 : 1;
        Operator? op = node.Operator switch
        {
            Add => new QLinearAdd(),
            Mul => new QLinearMul(),
            Where => new QLinearWhere(),
            Softmax softmax => new QLinearSoftmax(softmax.Axis),
            GlobalAveragePool => new QLinearGlobalAveragePool(),
            AveragePool pool when pool.Dilations is null || pool.Dilations.All(dilation => dilation == 1) =>
                new QLinearAveragePool(pool.KernelShape, pool.Strides, pool.Pads, pool.CeilMode, pool.CountIncludePad) { AutoPad = pool.AutoPad },
            _ => null,
        };
        if (op is null)
        {
            return null;
        }

        var inputs = new List<GraphValue?>(node.Inputs[..first]);
        for (int i = first; i < first + count; i++)
        {
            if (QuantizedLink.FromBytes(node.Inputs[i]) is not { } x || x.Type != y.Type)
            {
                return null;
            }

            inputs.AddRange([x.Value, x.Scale, x.ZeroPoint]);
        }

        return new GraphNode(node.Name, op, [.. inputs, y.Scale, y.ZeroPoint], [y.Value]);
    }

    private static GraphNode? Join(GraphNode node, Concat concat, QuantizedLink y)
    {
        var parts = new List<QuantizedLink>();
        foreach (GraphValue? input in node.Inputs)
        {
            if (QuantizedLink.FromBytes(input) is not { } part || part.Type != y.Type)
            {
                return null;
            }

            parts.Add(part);
        }

        return parts.TrueForAll(part => part.IsSameAs(y) && part.IsIncreasing)
            ? new GraphNode(node.Name, concat, [.. parts.Select(part => part.Value)], [y.Value])
            : new GraphNode(node.Name, new QLinearConcat(concat.Axis), [y.Scale, y.ZeroPoint, .. parts.SelectMany(part => new[] { part.Value, part.Scale, part.ZeroPoint })], [y.Value]);
    }
}
