using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// A Pad with zeros in front of a Conv becomes part of the Conv's own pads, where it pads spatial axes alone, takes nothing away, and has no
/// other reader.
/// </summary>
internal sealed class PadFusion : IGraphPass
{
    /// <inheritdoc/>
    public string Name => nameof(PadFusion);

    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        for (int position = 0; position < graph.Nodes.Count; position++)
        {
            if (graph.Nodes[position] is not { Operator: Conv { AutoPad: AutoPad.None } conv } node
                || node.Inputs[0] is not { Producer: { Operator: Pad { Mode: PadMode.Constant } } pad, IsOutput: false, Consumers.Count: 1 } padded
                || padded.Info.Shape is not { Rank: >= 3 and var rank }
                || Merge(conv, pad, rank) is not { } merged)
            {
                continue;
            }

            ModelGraph.Unlink(pad);
            graph.ReplaceNode(position, new GraphNode(node.Name, merged, [pad.Inputs[0], .. node.Inputs[1..]], node.Outputs));
        }
    }

    private static Conv? Merge(Conv conv, GraphNode pad, int rank)
    {
        if ((pad.Inputs.Length > 2 && pad.Inputs[2] is { } value && value.Constant is not Numerics.Tensor<float> { Length: 1, Span: [0] } and not Numerics.Tensor<double> { Length: 1, Span: [0] })
            || Integers(pad, 1) is not { } pads)
        {
            return null;
        }

        long[]? axes = pad.Inputs.Length > 3 && pad.Inputs[3] is not null ? Integers(pad, 3) : [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
        if (axes is null)
        {
            return null;
        }

        int spatial = rank - 2;
        var merged = new long[2 * spatial];
        for (int axis = 0; axis < spatial; axis++)
        {
            (merged[axis], merged[axis + spatial]) = (conv.PadBegin(axis), conv.PadEnd(axis));
        }

        for (int i = 0; i < axes.Length; i++)
        {
            int axis = (int)(axes[i] < 0 ? axes[i] + rank : axes[i]) - 2;
            (long begin, long end) = (pads[i], pads[i + axes.Length]);
            if (begin < 0 || end < 0 || (axis < 0 && begin + end > 0))
            {
                return null;
            }

            if (axis >= 0)
            {
                merged[axis] += begin;
                merged[axis + spatial] += end;
            }
        }

        return Array.TrueForAll(merged, value => value <= int.MaxValue) ? conv with { Pads = new IntList(merged) } : null;
    }

    private static long[]? Integers(GraphNode node, int input) => node.Inputs[input]?.Constant switch
    {
        Numerics.Tensor<long> int64 => int64.ToArray(),
        Numerics.Tensor<int> int32 => Array.ConvertAll(int32.ToArray(), value => (long)value),
        _ => null,
    };
}
