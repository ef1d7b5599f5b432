using Toolkit.EdgeRuntime.Graphs;
using Toolkit.EdgeRuntime.Operators;
using Toolkit.EdgeRuntime.Planning;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Inference;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>Computes the nodes that depend on constants alone, as long as the results stay within the budget.</summary>
internal static class ConstantFolding
{
    /// <summary>The name by which it is switched off.</summary>
    public const string PassName = nameof(ConstantFolding);

    /// <summary>Rewrites the graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="budget">Bytes by which constants may still grow the model.</param>
    /// <param name="workers">The threads to use.</param>
    /// <param name="keepsQuantized">Whether DequantizeLinear stays, so that an operator behind it can take the quantized elements.</param>
    /// <exception cref="OnnxModelException">A node cannot be computed on its constants: an index among them is out of its range.</exception>
    public static void Apply(ModelGraph graph, ref long budget, WorkerPool workers, bool keepsQuantized = false)
    {
        foreach (GraphNode node in graph.Nodes)
        {
            if (keepsQuantized && node.Operator is Onnx.Operators.DequantizeLinear)
            {
                continue;
            }

            bool isComputable = node.Subgraphs.Count == 0 && Array.TrueForAll(node.Inputs, input => input is null || input.Constant is not null);
            if (!isComputable
                && !Array.TrueForAll(node.Outputs, output => output?.Info.Constant is not null))
            {
                continue;
            }

            if (Compute(node, graph, ref budget, workers) is not { } values)
            {
                continue;
            }

            ModelGraph.Unlink(node);
            for (int i = 0; i < values.Length; i++)
            {
                node.Outputs[i]?.Info = new InferredValue(values[i]!.Contiguous());
            }
        }
    }

    private static Tensor?[]? Compute(GraphNode node, ModelGraph graph, ref long budget, WorkerPool workers)
    {
        // What inference knows already, such as a Shape of a value whose dimensions are known, needs no kernel.
        if (Array.TrueForAll(node.Outputs, output => output?.Info.Constant is not null))
        {
            return Array.ConvertAll(node.Outputs, output => output!.Info.Constant);
        }

        OperatorKernel kernel = OperatorKernelTable.Prepare(node, graph.Model);
        if (!kernel.IsPure)
        {
            return null;
        }

        try
        {
            return NodeEvaluator.Evaluate(node, kernel, Array.ConvertAll(node.Inputs, input => input?.Constant), graph.Limits, ref budget, workers);
        }
        catch (ArgumentException exception)
        {
            throw new OnnxModelException(exception.Message, exception);
        }
    }
}
