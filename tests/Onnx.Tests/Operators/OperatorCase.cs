using Toolkit.Numerics;

namespace Toolkit.Onnx.Tests.Operators;

/// <summary>A record, inputs that it takes (an empty text is one that is left out), and what follows of its output.</summary>
internal sealed record OperatorCase(Operator Operator, object[] Inputs, ElementType Type, SymbolicShape Shape)
{
    /// <summary>The oldest opset that can write the record, where it is newer than the operator's first.</summary>
    public int MinOpset { get; init; }

    /// <summary>The outputs that the node must name.</summary>
    public int Outputs { get; init; } = 1;

    public OnnxModel Model()
    {
        OnnxModel model = Models.OfNode(Operator, [.. Inputs.Select((input, i) => (input is ValueInfo info ? info.Name : input is string ? "" : $"k{i}", input))]);
        model.OpsetImports[""] = Math.Max(Math.Max(OnnxModel.DefaultOpset, MinOpset), OperatorTable.Find(Operator.Domain, Operator.OpType)?.SinceVersion ?? 0);
        if (Operator.Domain.Length > 0)
        {
            model.OpsetImports[Operator.Domain] = OperatorTable.Find(Operator.Domain, Operator.OpType)!.MaxVersion;
        }

        if (Outputs > 1)
        {
            OnnxNode node = model.Graph.Nodes[0];
            model.Graph.Nodes[0] = new OnnxNode(node.Name, node.Operator, [.. node.Inputs], ["y", .. Enumerable.Range(1, Outputs - 1).Select(i => $"y{i}")]);
        }

        return model;
    }

    public override string ToString() => $"{Operator} {string.Join(' ', Inputs.Select(input => input is Tensor tensor ? tensor.Shape.ToString() : input.ToString()))}";
}
