namespace Toolkit.Onnx.Operators;

/// <summary>y = whether x is infinite. https://onnx.ai/onnx/operators/onnx__IsInf.html</summary>
/// <param name="DetectNegative">Whether -∞ counts.</param>
/// <param name="DetectPositive">Whether +∞ counts.</param>
public sealed record IsInf(bool DetectNegative = true, bool DetectPositive = true) : PredicateOperator
{
    internal static Operator Read(AttributeReader reader) => new IsInf(reader.Flag("detect_negative", true), reader.Flag("detect_positive", true));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer)
    {
        writer.Flag("detect_negative", DetectNegative);
        writer.Flag("detect_positive", DetectPositive);
    }
}
