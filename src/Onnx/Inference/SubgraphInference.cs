namespace Toolkit.Onnx.Inference;

/// <summary>Infers a node's subgraphs within the graph that holds the node: they see its values.</summary>
internal sealed class SubgraphInference(ControlFlowOperator flow, GraphInference outer) : ISubgraphInference
{
    // Three passes at most a level, and no more than 27 in all.
    private const int MaxRepeatedDepth = 3;

    public bool MayRepeat => outer.Depth < MaxRepeatedDepth;

    public IReadOnlyList<InferredValue> Infer(int graph, IReadOnlyList<InferredValue> inputs)
    {
        OnnxGraph body = flow.Graphs[graph];
        var inference = new GraphInference(outer, flow is Operators.If);
        for (int i = 0; i < inputs.Count; i++)
        {
            inference.AddInput(body.Inputs[i].Name, inputs[i]);
        }

        inference.AddNodes(body, (_, _) => { });
        return [.. body.Outputs.Select(output => ControlFlow.Find(inference, output))];
    }
}
