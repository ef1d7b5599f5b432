namespace Toolkit.Onnx;

/// <summary>One node of a graph: an operator record with the names of the values that it reads and makes.</summary>
/// <param name="Name">The node's name, unique in its graph: <c>/dense1/Gemm</c>.</param>
/// <param name="Operator">What it computes, its attributes included.</param>
/// <param name="Inputs">The values it reads; an empty string is an omitted optional input.</param>
/// <param name="Outputs">The values it makes; an empty string is an output that nobody wants.</param>
public sealed record OnnxNode(string Name, Operator Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    /// <summary>As it is written in messages: <c>Gemm '/dense1/Gemm'</c>.</summary>
    public override string ToString() => $"{Operator.OpType} '{Name}'";
}
