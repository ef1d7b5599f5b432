using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// Brings a graph and its subgraphs into the form that is run: constants folded, passes applied, what nobody reads removed. What a subgraph sees of
/// the graph around it is an input of the node that runs it, so that every pass counts it as read.
/// </summary>
internal sealed class GraphCompiler
{
    private readonly InferenceOptions _options;
    private readonly WorkerPool _workers;
    private long _folded;
    private long _widened;

    private GraphCompiler(InferenceOptions options, WorkerPool workers) =>
        (_options, _workers, _folded, _widened) = (options, workers, options.Limits.MaxFoldedBytes, options.Limits.MaxPlanBytes);

    /// <summary>Rewrites the graph in place.</summary>
    /// <exception cref="ArgumentException">The options leave out a pass that there is not.</exception>
    public static void Optimise(ModelGraph graph, InferenceOptions options, WorkerPool workers)
    {
        foreach (string name in options.DisabledPasses)
        {
            if (!ManagedBackend.PassNames.Contains(name))
            {
                throw new ArgumentException($"InferenceOptions.DisabledPasses: expected names among {string.Join(", ", ManagedBackend.PassNames)}, got '{name}'.", nameof(options));
            }
        }

        new GraphCompiler(options, workers).Optimise(graph);
    }

    private void Optimise(ModelGraph graph)
    {
        graph.Check("reading");
        PrecisionWidening.Apply(graph, ref _widened);
        graph.Check(nameof(PrecisionWidening));
        bool fuses = _options.QuantizedArithmetic == QuantizedArithmetic.Fused && !_options.DisabledPasses.Contains(FusionPasses.Quantized.Name);
        Fold(graph, keepsQuantized: fuses);
        if (fuses)
        {
            FusionPasses.Quantized.Apply(graph);
            Finish(graph, FusionPasses.Quantized.Name);
            Fold(graph, keepsQuantized: false);
        }

        foreach (GraphNode node in graph.Nodes)
        {
            HandOnConstants(node);
            foreach (ModelGraph? subgraph in node.Subgraphs)
            {
                if (subgraph is not null)
                {
                    Optimise(subgraph);
                }
            }
        }

        foreach (IGraphPass pass in FusionPasses.All)
        {
            if (pass != FusionPasses.Quantized && !_options.DisabledPasses.Contains(pass.Name))
            {
                pass.Apply(graph);
                Finish(graph, pass.Name);
            }
        }
    }

    private void Fold(ModelGraph graph, bool keepsQuantized)
    {
        if (!_options.DisabledPasses.Contains(ConstantFolding.PassName))
        {
            ConstantFolding.Apply(graph, ref _folded, _workers, keepsQuantized);
            Finish(graph, ConstantFolding.PassName);
        }
    }

    // What has become a constant since the subgraphs were linked is one in them too.
    private static void HandOnConstants(GraphNode node)
    {
        for (int i = node.Inputs.Length - 1; i >= node.OperatorInputCount; i--)
        {
            if (node.Inputs[i]!.Constant is not { } constant)
            {
                continue;
            }

            int fromEnd = node.Inputs.Length - i;
            foreach (ModelGraph? subgraph in node.Subgraphs)
            {
                if (subgraph is not null)
                {
                    GraphValue inner = subgraph.Inputs[^fromEnd];
                    subgraph.Inputs.RemoveAt(subgraph.Inputs.Count - fromEnd);
                    inner.IsInput = false;
                    inner.Info = new InferredValue(constant);
                }
            }

            node.RemoveInput(i);
        }
    }

    private static void Finish(ModelGraph graph, string pass)
    {
        graph.Compact();
        graph.Check(pass);
    }
}
