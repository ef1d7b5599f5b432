using Google.Protobuf;
using Toolkit.Numerics;
using Toolkit.Onnx.Protobuf;
using AttributeType = Toolkit.Onnx.Protobuf.AttributeProto.Types.AttributeType;

namespace Toolkit.Onnx.Writing;

/// <summary>Stores one node: the attributes that its record writes, in that order, and its inputs in the form of the opset.</summary>
internal sealed class NodeWriter : AttributeWriter
{
    private readonly OnnxNode _node;
    private readonly Func<string, Tensor?> _constant;
    private readonly Func<OnnxGraph, GraphProto> _subgraph;
    private readonly NodeProto _proto;
    private readonly string[] _inputs;

    public NodeWriter(OnnxNode node, int opset, Func<string, Tensor?> constant, Func<OnnxGraph, GraphProto> subgraph)
    {
        (_node, Opset, _constant, _subgraph) = (node, opset, constant, subgraph);
        _inputs = [.. node.Inputs];
        _proto = new NodeProto { Name = node.Name, OpType = node.Operator.OpType, Domain = node.Operator.Domain };
    }

    public override int Opset { get; }

    public NodeProto Write()
    {
        _node.Operator.WriteAttributes(this);
        _proto.Input.Add(_inputs.Take(Inference.GraphInference.CountUsed(_inputs)));
        _proto.Output.Add(_node.Outputs);
        return _proto;
    }

    public override void Float(string name, float value) => Add(name, AttributeType.Float).F = value;

    public override void Int(string name, long value) => Add(name, AttributeType.Int).I = value;

    public override void Floats(string name, params ReadOnlySpan<float> values) => Add(name, AttributeType.Floats).Floats.AddRange(values);

    public override void Ints(string name, params ReadOnlySpan<long> values) => Add(name, AttributeType.Ints).Ints.AddRange(values);

    public override void String(string name, string value) => Add(name, AttributeType.String).S = ByteString.CopyFromUtf8(value);

    public override void Strings(string name, params ReadOnlySpan<string> values)
    {
        AttributeProto attribute = Add(name, AttributeType.Strings);
        foreach (string value in values)
        {
            attribute.Strings.Add(ByteString.CopyFromUtf8(value));
        }
    }

    public override void Tensor(string name, Tensor value) => Add(name, AttributeType.Tensor).T = TensorWriter.Write("", value);

    public override void Graph(string name, OnnxGraph value) => Add(name, AttributeType.Graph).G = _subgraph(value);

    public override void Type(string name, OnnxType value) => Add(name, AttributeType.TypeProto).Tp = TypeWriter.Write(value);

    public override Tensor? TakeInput(int input)
    {
        if (input >= _inputs.Length || _inputs[input].Length == 0)
        {
            return null;
        }

        Tensor constant = _constant(_inputs[input])
            ?? throw Error($"expected a constant as input {input} ('{_inputs[input]}'), which is an attribute in opset {Opset}; write a newer opset.");
        _inputs[input] = "";
        return constant;
    }

    public override OnnxModelException Error(string message) => new($"{_node}: {message}");

    private AttributeProto Add(string name, AttributeType type)
    {
        var attribute = new AttributeProto { Name = name, Type = type };
        _proto.Attribute.Add(attribute);
        return attribute;
    }
}
