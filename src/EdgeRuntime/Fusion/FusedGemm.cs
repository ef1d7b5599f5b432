using Toolkit.Numerics.Kernels;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// Y = activation(Gemm(A, B, C)): what <see cref="ActivationFusion"/> makes of a Gemm and the activation behind it. It lives in the engine
/// alone and is in no file.
/// </summary>
/// <param name="Gemm">The product.</param>
/// <param name="Activation">What is applied to it while it is in registers.</param>
internal sealed record FusedGemm(Onnx.Operators.Gemm Gemm, ActivationKind Activation) : Operator
{
    /// <inheritdoc/>
    public override string OpType => $"Gemm+{Activation}";

    /// <inheritdoc/>
    public override void WriteAttributes(AttributeWriter writer) => Gemm.WriteAttributes(writer);

    /// <inheritdoc/>
    public override void Infer(InferenceContext context) => Gemm.Infer(context);
}
