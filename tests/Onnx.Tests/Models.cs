using Toolkit.Numerics;
using Toolkit.Onnx.Operators;

namespace Toolkit.Onnx.Tests;

/// <summary>Small models that several tests read, write or damage.</summary>
internal static class Models
{
    /// <summary>x [N,4] -> Gemm -> Relu -> Gemm -> Softmax -> y [N,2].</summary>
    public static OnnxModel Mlp()
    {
        var graph = new OnnxGraph { Name = "mlp" };
        graph.Inputs.Add(new ValueInfo("x", ElementType.Float32, new SymbolicShape("N", 4)));
        graph.Initializers.Add("w1", Tensor.From([4, 3], Enumerable.Range(0, 12).Select(i => i / 8f).ToArray()));
        graph.Initializers.Add("b1", Tensor.Vector(0.5f, -0.25f, 0f));
        graph.Initializers.Add("w2", Tensor.From([3, 2], 1f, -1f, 2f, -2f, 3f, -3f));
        graph.Nodes.Add(new OnnxNode("/dense1/Gemm", new Gemm(), ["x", "w1", "b1"], ["h"]));
        graph.Nodes.Add(new OnnxNode("/dense1/Relu", new Relu(), ["h"], ["r"]));
        graph.Nodes.Add(new OnnxNode("/dense2/Gemm", new Gemm(), ["r", "w2"], ["z"]));
        graph.Nodes.Add(new OnnxNode("/softmax/Softmax", new Softmax(), ["z"], ["y"]));
        graph.Outputs.Add(new ValueInfo("y", ElementType.Float32, new SymbolicShape("N", 2)));
        return new OnnxModel(graph)
        {
            ProducerName = "toolkit",
            Metadata = { ["classes"] = "a,b", ["accuracy"] = "0.98" },
        };
    }

    /// <summary>A model of one node whose inputs are graph inputs, or initializers where a tensor is given.</summary>
    public static OnnxModel OfNode(Operator @operator, params (string Name, object Value)[] inputs)
    {
        var graph = new OnnxGraph { Name = "node" };
        foreach ((string name, object value) in inputs)
        {
            if (value is Tensor tensor)
            {
                graph.Initializers.Add(name, tensor);
            }
            else if (name.Length > 0)
            {
                graph.Inputs.Add((ValueInfo)value);
            }
        }

        graph.Nodes.Add(new OnnxNode("node", @operator, [.. inputs.Select(input => input.Name)], @operator is TopK ? ["y", "indices"] : ["y"]));
        graph.Outputs.Add(new ValueInfo("y", ElementType.Undefined, null));
        return new OnnxModel(graph);
    }

    public static ValueInfo Float(string name, params ReadOnlySpan<Dimension> shape) => new(name, ElementType.Float32, new SymbolicShape(shape));
}
