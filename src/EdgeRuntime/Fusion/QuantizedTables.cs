using Toolkit.EdgeRuntime.Graphs;
using Toolkit.EdgeRuntime.Operators;
using Toolkit.EdgeRuntime.Planning;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// DequantizeLinear → functions of one element → QuantizeLinear as a table of 256 entries, which the kernels of these very nodes compute: the bits are the same.
/// </summary>
internal static class QuantizedTables
{
    /// <summary>The table in place of a QuantizeLinear; null where something else is before it.</summary>
    public static GraphNode? Match(GraphNode quantize, QuantizedLink y, ModelGraph graph)
    {
        var chain = new Stack<GraphNode>([quantize]);
        GraphValue value = quantize.Inputs[0]!;
        while (value.Producer is { } node && IsFunction(node) && value is { IsOutput: false, Consumers.Count: 1 })
        {
            chain.Push(node);
            value = node.Inputs[0]!;
        }

        if (QuantizedLink.FromBytes(value) is not { } x || Compute(x, value, chain, graph) is not { } table)
        {
            return null;
        }

        string functions = string.Join("+", chain.SkipLast(1).Select(node => node.Operator.OpType).DefaultIfEmpty("Requantize"));
        foreach (GraphNode node in chain.SkipLast(1))
        {
            ModelGraph.Unlink(node);
        }

        return new GraphNode(quantize.Name, new ByteLookup(functions, new ValueList<byte>(table.Bytes), y.Type), [x.Value], quantize.Outputs);
    }

    private static bool IsFunction(GraphNode node) =>
        node.Operator is Clip or (UnaryOperator and not (LpNormalization or MeanVarianceNormalization))
        && node is { Inputs: [{ Info.Type: ElementType.Float32 }, ..], Outputs: [{ Info.Type: ElementType.Float32 }] }
        && Array.TrueForAll(node.Inputs[1..], input => input is null or { Constant: not null });

    private static Tensor? Compute(QuantizedLink x, GraphValue dequantized, IEnumerable<GraphNode> chain, ModelGraph graph)
    {
        Tensor tensor = Tensor.Create(x.Type, [ByteTable.Length]);
        for (int i = 0; i < ByteTable.Length; i++)
        {
            tensor.Bytes[i] = (byte)i;
        }

        Tensor? result = tensor;
        foreach (GraphNode node in chain.Prepend(dequantized.Producer!))
        {
            var input = new GraphValue(node.Inputs[0]!.Name, new InferredValue(result));
            var output = new GraphValue(node.Outputs[0]!.Name, new InferredValue(node.Outputs[0]!.Info.Type, input.Info.Shape));
            var step = new GraphNode(node.Name, node.Operator, [input, .. node.Inputs[1..]], [output]);
            long budget = graph.Limits.MaxPlanBytes;
            Tensor?[] inputs = Array.ConvertAll(step.Inputs, value => value?.Constant);
            result = NodeEvaluator.Evaluate(step, OperatorKernelTable.Prepare(step, graph.Model), inputs, graph.Limits, ref budget, WorkerPool.Serial)?[0];
            if (result is null)
            {
                return null;
            }
        }

        return result;
    }
}
