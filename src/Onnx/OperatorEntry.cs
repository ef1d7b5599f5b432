namespace Toolkit.Onnx;

/// <summary>How one operator is read.</summary>
/// <param name="OpType">Its name in ONNX.</param>
/// <param name="Domain">Its domain; empty for <c>ai.onnx</c>.</param>
/// <param name="SinceVersion">The oldest opset of which it is read.</param>
/// <param name="MaxVersion">The newest opset in which its definition is known to be the one that is implemented.</param>
/// <param name="Read">Makes the record of a node.</param>
public sealed record OperatorEntry(string OpType, string Domain, int SinceVersion, int MaxVersion, Func<AttributeReader, Operator> Read);
