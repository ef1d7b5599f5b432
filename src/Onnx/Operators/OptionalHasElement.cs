using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>
/// Whether an optional holds a value. A tensor or a sequence is a value; an input that is left out is none.
/// https://onnx.ai/onnx/operators/onnx__OptionalHasElement.html
/// </summary>
public sealed record OptionalHasElement : SequenceOperator
{
    private const int AnyInputSince = 18;

    internal static Operator Read(AttributeReader reader) => reader.Opset >= AnyInputSince || reader.InputCount == 1
        ? new OptionalHasElement()
        : throw reader.Error($"expected 1 input before opset {AnyInputSince}, got {reader.InputCount}.");

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(0, 1);
        if (context.ValueType(0) is OptionalType)
        {
            context.SetOutput(0, ElementType.Bool, new SymbolicShape());
        }
        else
        {
            context.SetConstant(0, Tensor.Scalar(context.HasInput(0)));
        }
    }
}
