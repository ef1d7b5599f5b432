namespace Toolkit.Onnx.Operators;

/// <summary>The running product along an axis. https://onnx.ai/onnx/operators/onnx__CumProd.html</summary>
/// <param name="Exclusive">Whether an element itself is left out.</param>
/// <param name="Reverse">Whether it goes from the axis's end.</param>
public sealed record CumProd(bool Exclusive = false, bool Reverse = false) : CumulativeOperator(Exclusive, Reverse)
{
    internal static Operator Read(AttributeReader reader) => new CumProd(reader.Flag("exclusive", false), reader.Flag("reverse", false));
}
