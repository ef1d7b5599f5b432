using Toolkit.Numerics;

namespace Toolkit.Onnx.Operators;

/// <summary>Each sample of X [N, F] or [F], divided by its norm; a norm of 0 divides by 1. The result is float32. https://onnx.ai/onnx/operators/onnx_aionnxml_Normalizer.html</summary>
/// <param name="Norm">The norm.</param>
public sealed record Normalizer(NormKind Norm = NormKind.Max) : ClassicOperator
{
    private static readonly string[] Norms = ["MAX", "L1", "L2"];

    internal static Operator Read(AttributeReader reader) => new Normalizer((NormKind)TextChoice.Read(reader, "norm", 0, Norms));

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => writer.String("norm", Norms[(int)Norm]);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context)
    {
        context.RequireInputs(1, 1);
        _ = Samples(context);
        context.SetOutput(0, ElementType.Float32, context.Shape(0));
    }
}
