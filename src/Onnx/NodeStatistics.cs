namespace Toolkit.Onnx;

/// <summary>The work of one node.</summary>
/// <param name="Node">The node.</param>
/// <param name="MultiplyAccumulates">Its multiplications with accumulation; null where a shape is not known.</param>
public sealed record NodeStatistics(OnnxNode Node, long? MultiplyAccumulates);
