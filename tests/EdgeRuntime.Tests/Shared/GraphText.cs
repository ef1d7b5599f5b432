using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Graphs and subgraphs in a few words: nodes, what goes in, what comes out.</summary>
internal static class GraphText
{
    public static OnnxNode Node(Operator op, string inputs, string outputs) => new($"{op.OpType}/{outputs}", op, Names(inputs), Names(outputs));

    /// <summary>A subgraph; the types of its inputs are left to inference.</summary>
    public static OnnxGraph Graph(string inputs, string outputs, params OnnxNode[] nodes)
    {
        var graph = new OnnxGraph { Name = "inner" };
        foreach (string input in Names(inputs))
        {
            graph.Inputs.Add(new ValueInfo(input, ElementType.Undefined, null));
        }

        foreach (OnnxNode node in nodes)
        {
            graph.Nodes.Add(node);
        }

        foreach (string output in Names(outputs))
        {
            graph.Outputs.Add(new ValueInfo(output, ElementType.Undefined, null));
        }

        return graph;
    }

    public static OnnxModel Model(ValueInfo[] inputs, string outputs, params OnnxNode[] nodes)
    {
        OnnxGraph graph = Graph("", outputs, nodes);
        foreach (ValueInfo input in inputs)
        {
            graph.Inputs.Add(input);
        }

        var model = new OnnxModel(graph);
        model.OpsetImports[""] = 17;
        return model;
    }

    public static OnnxModel With(this OnnxModel model, string name, Tensor value)
    {
        model.Graph.Initializers.Add(name, value);
        return model;
    }

    public static ValueInfo Floats(string name, params Dimension[] shape) => new(name, ElementType.Float32, new SymbolicShape(shape));

    public static ValueInfo Scalar(string name, ElementType type) => new(name, type, new SymbolicShape());

    // A dot is an omitted one.
    private static string[] Names(string text) => text.Length == 0 ? [] : [.. text.Split(' ').Select(name => name == "." ? "" : name)];
}
