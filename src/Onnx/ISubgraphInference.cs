namespace Toolkit.Onnx;

/// <summary>The inference of the subgraphs of one node, for the operator that holds them.</summary>
public interface ISubgraphInference
{
    /// <summary>
    /// Whether a subgraph may be inferred again with what a first pass has taught. Deeply nested subgraphs, whose passes multiply, may not.
    /// </summary>
    bool MayRepeat { get; }

    /// <summary>Infers a subgraph from what is known of its inputs.</summary>
    /// <param name="graph">Its position in <see cref="ControlFlowOperator.Graphs"/>.</param>
    /// <param name="inputs">What is known of each of its inputs.</param>
    /// <returns>What is known of each of its outputs.</returns>
    /// <exception cref="OnnxModelException">The subgraph is not valid, or the inputs contradict it.</exception>
    IReadOnlyList<InferredValue> Infer(int graph, IReadOnlyList<InferredValue> inputs);
}
