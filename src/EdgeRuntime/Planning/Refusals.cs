using Toolkit.EdgeRuntime.Fusion;
using Toolkit.EdgeRuntime.Graphs;
using Toolkit.EdgeRuntime.Operators;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>Finds every node of a model that no kernel covers, once it is known that there is one.</summary>
internal static class Refusals
{
    /// <summary>The exception for all of them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="limits">What it may ask for.</param>
    /// <param name="first">What was met first; it is the answer where the nodes alone show nothing.</param>
    public static UnsupportedOperatorException Of(OnnxModel model, OnnxLimits limits, UnsupportedOperatorException first)
    {
        var refusals = new List<UnsupportedOperatorException>();
        long budget = limits.MaxPlanBytes;
        Visit(ModelGraph.Build(model, limits), refusals, ref budget);
        return refusals.Count > 0 ? UnsupportedOperatorException.Of(refusals) : first;
    }

    private static void Visit(ModelGraph graph, List<UnsupportedOperatorException> refusals, ref long budget)
    {
        try
        {
            // Nodes that no kernel covers as they are may be covered once their elements are widened.
            PrecisionWidening.Apply(graph, ref budget);
        }
        catch (UnsupportedOperatorException)
        {
            // The node that stopped the pass is met again below.
        }

        foreach (GraphNode node in graph.Nodes)
        {
            int before = refusals.Count;
            foreach (ModelGraph? subgraph in node.Subgraphs)
            {
                if (subgraph is not null)
                {
                    Visit(subgraph, refusals, ref budget);
                }
            }

            if (refusals.Count == before)
            {
                Prepare(node, graph.Model, refusals);
            }
        }
    }

    private static void Prepare(GraphNode node, OnnxModel model, List<UnsupportedOperatorException> refusals)
    {
        try
        {
            _ = OperatorKernelTable.Prepare(node, model);
        }
        catch (UnsupportedOperatorException exception)
        {
            refusals.Add(exception);
        }
        catch (OnnxModelException)
        {
            // What is wrong with this node has not been reached: an earlier one is refused.
        }
    }
}
