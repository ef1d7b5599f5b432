using Toolkit.EdgeRuntime.Graphs;
using Toolkit.EdgeRuntime.Operators;
using Toolkit.EdgeRuntime.Planning;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>What is done to quantized constants before operators are fused with them.</summary>
internal static class QuantizedConstants
{
    /// <summary>Transpose(DequantizeLinear(constant)) becomes DequantizeLinear(Transpose(constant)): exporters put weights so before a MatMul.</summary>
    public static void PushTransposes(ModelGraph graph)
    {
        for (int position = 0; position < graph.Nodes.Count; position++)
        {
            GraphNode node = graph.Nodes[position];
            if (node.Operator is not Transpose transpose || QuantizedLink.From(node.Inputs[0]) is not { IsByte: true, Value.Constant: { } constant } link
                || node.Inputs[0]!.Producer is not { } dequantize || (!link.IsScalar && link.Scales.Shape.Rank != 1))
            {
                continue;
            }

            int rank = constant.Shape.Rank;
            int axis = 1;
            if (!link.IsScalar)
            {
                int from = link.Axis < 0 ? link.Axis + rank : link.Axis;
                axis = transpose.Perm is { } perm ? Enumerable.Range(0, rank).First(i => perm[i] == from) : rank - 1 - from;
            }

            if (Evaluate(transpose, constant, graph) is { } transposed)
            {
                var value = new GraphValue($"{link.Value.Name}/transposed", new InferredValue(transposed));
                graph.ReplaceNode(position, new GraphNode(dequantize.Name, ((DequantizeLinear)dequantize.Operator) with { Axis = axis }, [value, .. dequantize.Inputs[1..]], node.Outputs));
            }
        }
    }

    /// <summary>An operator on one constant; null where it takes more memory than it may.</summary>
    public static Tensor? Evaluate(Operator op, Tensor input, ModelGraph graph)
    {
        var x = new GraphValue("x", new InferredValue(input));
        var y = new GraphValue("y", new InferredValue(input.ElementType, null));
        var node = new GraphNode(op.OpType, op, [x], [y]);
        long budget = graph.Limits.MaxFoldedBytes;
        return NodeEvaluator.Evaluate(node, OperatorKernelTable.Prepare(node, graph.Model), [input], graph.Limits, ref budget, WorkerPool.Serial)?[0];
    }
}
