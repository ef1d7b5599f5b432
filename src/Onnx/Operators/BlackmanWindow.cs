using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>w(n) = 0.42 - 0.5 cos(2πn/N) + 0.08 cos(4πn/N). https://onnx.ai/onnx/operators/onnx__BlackmanWindow.html</summary>
/// <param name="OutputDatatype">The element type of the weights.</param>
/// <param name="Periodic">Whether N is the size, as for the analysis of a signal; else it is the size - 1, and the window symmetric.</param>
public sealed record BlackmanWindow(ElementType OutputDatatype = ElementType.Float32, bool Periodic = true) : WindowFunctionOperator(OutputDatatype, Periodic)
{
    internal static Operator Read(AttributeReader reader) => Read(reader, (type, periodic) => new BlackmanWindow(type, periodic));
}
