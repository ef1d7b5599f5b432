using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>Brings a graph into the form that is run: constants folded, passes applied, what nobody reads removed.</summary>
internal static class GraphCompiler
{
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

        graph.Check("reading");
        PrecisionWidening.Apply(graph, options.Limits);
        graph.Check(nameof(PrecisionWidening));
        if (!options.DisabledPasses.Contains(ConstantFolding.PassName))
        {
            ConstantFolding.Apply(graph, options.Limits, workers);
            Finish(ConstantFolding.PassName);
        }

        foreach (IGraphPass pass in FusionPasses.All)
        {
            if (!options.DisabledPasses.Contains(pass.Name))
            {
                pass.Apply(graph);
                Finish(pass.Name);
            }
        }

        void Finish(string pass)
        {
            graph.Compact();
            graph.Check(pass);
        }
    }
}
