using Toolkit.Onnx.Inference;

namespace Toolkit.Onnx;

/// <summary>
/// Types and shapes of all values of a graph, symbols included. Integer constants are propagated through the small
/// computations with which exporters build shapes (Shape, Gather, Concat, arithmetic, Reshape).
/// </summary>
public static class ShapeInference
{
    /// <summary>Validates and infers a model's graph.</summary>
    /// <returns>Every value by name: inputs, initializers and what the nodes make, in that order.</returns>
    /// <exception cref="OnnxModelException">The graph is not valid: a name is missing, made twice, or read before it is
    /// made; the inputs of a node contradict its operator; a declared output contradicts the nodes.</exception>
    public static IReadOnlyDictionary<string, ValueInfo> Run(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Run(model.Graph);
    }

    /// <inheritdoc cref="Run(OnnxModel)"/>
    public static IReadOnlyDictionary<string, ValueInfo> Run(OnnxGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return Run(graph, (_, _) => { });
    }

    /// <summary>Infers one node from what is known of its inputs: the step by which an engine follows a graph whose shapes it knows.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">Its inputs in order, omitted ones at the end left out; null is an omitted one.</param>
    /// <returns>What is known of each output; null for one of which the operator says nothing.</returns>
    /// <exception cref="OnnxModelException">The inputs contradict the operator's definition.</exception>
    public static IReadOnlyList<InferredValue?> InferNode(OnnxNode node, IReadOnlyList<InferredValue?> inputs) => InferNode(node, inputs, null);

    /// <summary>As the form without subgraphs, for a node that has some: the engine knows them in its own form.</summary>
    /// <inheritdoc cref="InferNode(OnnxNode, IReadOnlyList{InferredValue})"/>
    /// <param name="node">The node.</param>
    /// <param name="inputs">Its inputs in order, omitted ones at the end left out; null is an omitted one.</param>
    /// <param name="subgraphs">How the node's subgraphs are inferred; null for a node without any.</param>
    public static IReadOnlyList<InferredValue?> InferNode(OnnxNode node, IReadOnlyList<InferredValue?> inputs, ISubgraphInference? subgraphs)
    {
        ArgumentNullException.ThrowIfNull(node);
        return NodeInference.Infer(node, [.. inputs], subgraphs).Outputs;
    }

    /// <summary>As the public form, and hands over each node with the context of its inference.</summary>
    internal static OrderedDictionary<string, ValueInfo> Run(OnnxGraph graph, Action<OnnxNode, InferenceContext> visit)
    {
        var inference = new GraphInference();
        foreach (ValueInfo input in graph.Inputs)
        {
            inference.AddInput(input);
        }

        inference.AddNodes(graph, visit);

        var result = new OrderedDictionary<string, ValueInfo>(StringComparer.Ordinal);
        foreach (ValueInfo value in inference.Values)
        {
            result.Add(value.Name, value);
        }

        foreach (ValueInfo output in graph.Outputs)
        {
            result[output.Name] = inference.CheckOutput(output);
        }

        return result;
    }
}
