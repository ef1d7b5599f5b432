using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Puts a model together node by node; names are made up as they are needed.</summary>
internal sealed class ModelBuilder
{
    private readonly OnnxGraph _graph = new() { Name = "test" };
    private int _count;

    public ModelBuilder Input(string name, params ReadOnlySpan<Dimension> shape) => Input(name, ElementType.Float32, new SymbolicShape(shape));

    public ModelBuilder Input(string name, ElementType type, SymbolicShape? shape)
    {
        _graph.Inputs.Add(new ValueInfo(name, type, shape));
        return this;
    }

    public string Constant(Tensor value)
    {
        string name = $"c{_count++}";
        _graph.Initializers.Add(name, value);
        return name;
    }

    /// <summary>Adds a node of one output and returns that output's name.</summary>
    public string Node(Operator op, params string[] inputs)
    {
        string name = $"v{_count++}";
        _graph.Nodes.Add(new OnnxNode($"/{op.OpType}_{name}", op, inputs, [name]));
        return name;
    }

    public ModelBuilder Node(Operator op, string[] inputs, string[] outputs)
    {
        _graph.Nodes.Add(new OnnxNode($"/{op.OpType}_{_count++}", op, inputs, outputs));
        return this;
    }

    public ModelBuilder Output(params string[] names)
    {
        foreach (string name in names)
        {
            _graph.Outputs.Add(new ValueInfo(name, ElementType.Undefined, null));
        }

        return this;
    }

    public OnnxModel Build(long opset = OnnxModel.DefaultOpset)
    {
        var model = new OnnxModel(_graph);
        model.OpsetImports[""] = opset;
        return model;
    }
}
