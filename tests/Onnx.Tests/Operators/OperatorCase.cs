using Toolkit.Numerics;

namespace Toolkit.Onnx.Tests.Operators;

/// <summary>A record, inputs that it takes, and what follows of its output.</summary>
internal sealed record OperatorCase(Operator Operator, object[] Inputs, ElementType Type, SymbolicShape Shape)
{
    public OnnxModel Model() => Models.OfNode(Operator, [.. Inputs.Select((input, i) => (input is ValueInfo info ? info.Name : $"k{i}", input))]);

    public override string ToString() => $"{Operator} {string.Join(' ', Inputs.Select(input => input is Tensor tensor ? tensor.Shape.ToString() : input.ToString()))}";
}
