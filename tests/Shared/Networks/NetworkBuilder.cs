using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.Tests.Networks;

/// <summary>
/// Writes a network as ONNX node by node, the way PyTorch's exporter does before any optimisation: batch normalization and activations are nodes of their own. The weights are
/// random and the same for the same seed, scaled so that activations keep their size from layer to layer.
/// </summary>
internal sealed class NetworkBuilder(ulong seed)
{
    private readonly OnnxGraph _graph = new() { Name = "network" };
    private readonly CounterRandom _random = new(seed, 0);
    private int _nodes;

    /// <summary>Names the input and its shape; the first dimension is the symbolic batch where it is not given.</summary>
    public string Input(string name, params ReadOnlySpan<Dimension> shape)
    {
        _graph.Inputs.Add(new ValueInfo(name, ElementType.Float32, new SymbolicShape(shape)));
        return name;
    }

    /// <summary>A node with one output, whose name is returned.</summary>
    public string Node(Operator op, params ReadOnlySpan<string> inputs)
    {
        string name = $"/{op.OpType}_{_nodes++}";
        _graph.Nodes.Add(new OnnxNode(name, op, inputs.ToArray(), [name + "_output"]));
        return name + "_output";
    }

    /// <summary>A node whose outputs are named; an empty name is an output that nobody wants.</summary>
    public void Node(Operator op, string[] inputs, string[] outputs) => _graph.Nodes.Add(new OnnxNode($"/{op.OpType}_{_nodes++}", op, inputs, outputs));

    /// <summary>A constant.</summary>
    public string Constant(Tensor value)
    {
        string name = $"weight_{_graph.Initializers.Count}";
        _graph.Initializers.Add(name, value);
        return name;
    }

    /// <summary>A constant of normal values around a mean.</summary>
    public string Normal(double deviation, double mean, params ReadOnlySpan<int> shape)
    {
        var size = new Shape(shape);
        float[] values = new float[size.Length];
        _random.FillNormal(values);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((values[i] * deviation) + mean);
        }

        return Constant(Tensor.From(size, values));
    }

    /// <summary>A convolution without bias, padded so that stride 1 keeps the size, and the batch normalization behind it.</summary>
    public string ConvBatchNorm(string x, int inputs, int outputs, int kernel, int stride, int groups = 1)
    {
        int pad = kernel / 2;
        double fanIn = inputs / groups * kernel * kernel;
        string y = Node(
            new O.Conv([kernel, kernel], [stride, stride], [pad, pad, pad, pad], [1, 1], groups), x, Normal(Math.Sqrt(2 / fanIn), 0, outputs, inputs / groups, kernel, kernel));
        return Node(new O.BatchNormalization(), y, Normal(0.1, 1, outputs), Normal(0.1, 0, outputs), Normal(0.1, 0, outputs), Normal(0.05, 1, outputs));
    }

    /// <summary>A dense layer with bias.</summary>
    public string Dense(string x, int inputs, int outputs) =>
        Node(new O.Gemm(1, 1, false, true), x, Normal(Math.Sqrt(1.0 / inputs), 0, outputs, inputs), Normal(0.1, 0, outputs));

    /// <summary>The model of one output.</summary>
    public OnnxModel Build(string output)
    {
        _graph.Outputs.Add(new ValueInfo(output, ElementType.Undefined, null));
        return new OnnxModel(_graph);
    }
}
